// A provider that embeds: every input gets its own vector, and whatever a service does wrong is an error with the right code.
import { type ErrorCode, isG4FError, type Provider } from '@g4f/core';
import { base64Of, vectorOf } from '../mock-wires/mock-embeddings.ts';
import { late, turn } from './cancellation.ts';
import type { Check } from './check.ts';
import { type Embedded, embed, embeddingRequest, embeds, embedWith, TEXTS } from './embed-play.ts';
import { expect, expectEqual } from './expectation.ts';
import { checkFailure, JSON_TYPE, STATUSES } from './failures.ts';
import { NOT_LENT, watched } from './lent.ts';
import type { Lent } from './lent-context.ts';
import { frozen, KIT_BASE, KIT_KEY, lendTo } from './play.ts';

/** The checks of `embed`; none where there is no such method. */
export const embeddingChecks = (provider: Provider): readonly Check[] => {
  if (provider.embed === undefined) return [];
  if (provider.wire === undefined) {
    const skipped = 'it speaks no wire that the kit knows';
    return [{ name: 'embeddings', skipped, run: async () => undefined }];
  }
  return [
    ...answerChecks(provider),
    ...failureChecks(provider),
    ...keyChecks(provider),
    cancellationCheck(provider),
  ].map(({ name, ...check }) => ({ ...check, name: `embed: ${name}` }));
};

/** More than any service takes in one request. */
const MANY: readonly string[] = Array.from({ length: 2100 }, (_, at) => `text ${at}`);

const answerChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'gives each text its own vector, in their order',
    run: async () => compare(await embed(provider), TEXTS),
  },
  {
    name: 'asks as often as it must, and puts the vectors together',
    async run() {
      const request = embeddingRequest({ input: MANY });
      const embedded = await embed(provider, embeds(), request);
      compare(embedded, MANY);
      expect(embedded.context.requests.length > 1, 'no service takes 2100 texts at once');
      const { usage } = embedded.answer ?? {};
      // The kit counts one token for each text.
      if (usage !== undefined) expectEqual('usage', usage, { prompt_tokens: 2100, total_tokens: 2100 });
    },
  },
  {
    name: 'gives base64 of little-endian 32-bit floats where it is asked for',
    async run() {
      const request = embeddingRequest({ encoding_format: 'base64' });
      const { answer, error } = await embed(provider, embeds(), request);
      if (answer === undefined) throw error;
      expectEqual(
        'vectors',
        vectorsOf(answer),
        TEXTS.map((text) => base64Of(vectorOf(text))),
      );
    },
  },
  {
    name: 'looks at nothing but what it is lent',
    async run() {
      const { used, result } = await watched(provider.env ?? [], () => embed(provider));
      expect(used.length === 0, `it used ${used.join(' and ')}`);
      expect(!JSON.stringify(result.context.requests).includes(NOT_LENT), 'it read process.env');
    },
  },
];

const vectorsOf = ({ data }: NonNullable<Embedded['answer']>): readonly unknown[] =>
  data.map(({ embedding }) => embedding);

function compare({ answer, error }: Embedded, texts: readonly string[]): void {
  if (answer === undefined) throw error;
  expectEqual('object', answer.object, 'list');
  expectEqual('vectors', answer.data.length, texts.length);
  for (const [at, { object, index, embedding }] of answer.data.entries()) {
    expectEqual(`data[${at}]`, { object, index }, { object: 'embedding', index: at });
    expectEqual(`data[${at}].embedding`, embedding, vectorOf(texts[at] ?? ''));
  }
  expect(answer.model !== '', 'model: it is empty');
}

const failureChecks = (provider: Provider): readonly Check[] => {
  const fails = (
    name: string,
    answer: Lent,
    codes: readonly ErrorCode[],
    more?: (error: unknown) => void,
  ): Check => ({
    name,
    async run() {
      const { error } = await embed(provider, answer);
      checkFailure(provider, error, codes);
      more?.(error);
    },
  });
  // Services repeat the key that they were sent, and what they were asked.
  const repeated = (provider.env ?? []).length > 0 ? ` ${KIT_KEY}` : '';
  const refused = (message: string): string =>
    JSON.stringify({ error: { message: `${message}${repeated} ${TEXTS[1]}`, type: 'refused' } });
  const cut: Lent = (request) => {
    const { body = '' } = embeds()(request);
    return { body: body.slice(0, body.length / 2) };
  };
  return [
    ...STATUSES.map(([status, code, message]) =>
      fails(
        `answers ${status} with ${code}`,
        { status, headers: JSON_TYPE, body: refused(message) },
        [code],
        (error) => {
          expectEqual('status', isG4FError(error) ? error.status : undefined, status);
          expect(!String(error).includes('Zürich'), 'a text that was embedded stands in the error');
        },
      ),
    ),
    fails(
      'takes a web page for no answer',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' },
      ['bad-response'],
    ),
    fails('takes nothing for no answer', { body: '' }, ['bad-response']),
    fails('takes other JSON for no answer', { body: '{"choices":[]}' }, ['bad-response']),
    fails('takes a cut answer for none', cut, ['bad-response']),
    fails(
      'refuses too few vectors',
      embeds((vectors) => vectors.slice(1)),
      ['bad-response'],
    ),
    fails(
      'refuses too many vectors',
      embeds((vectors) => [...vectors, vectors[0]]),
      ['bad-response'],
    ),
    fails(
      'refuses vectors of different sizes',
      embeds(([_, ...others]) => [[1, 2], ...others]),
      ['bad-response'],
    ),
    fails(
      'refuses what is no vector',
      embeds(([_, ...others]) => [[1, null, 3], ...others]),
      ['bad-response'],
    ),
    fails('refuses a broken connection', { body: '{', ends: 'reset' }, ['network', 'bad-response']),
  ];
};

const keyChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'goes where it is told, with its key in one header and nowhere else',
    async run() {
      const [request] = (await embed(provider)).context.requests;
      expect(request !== undefined, 'nothing was sent');
      const { url = '', body = '', headers = {} } = request ?? {};
      expect(url.startsWith(new URL(KIT_BASE).origin), `url: ${url} is not where it was told to go`);
      expect(!`${url} ${body}`.includes(KIT_KEY), 'the key stands in the address or in the body');
      const holding = Object.values(headers).filter((value) => value.includes(KIT_KEY));
      expectEqual('headers that hold the key', holding.length, (provider.env ?? []).length > 0 ? 1 : 0);
    },
  },
  {
    name: 'names the variable when its key is missing, and asks nobody',
    ...(provider.key !== 'required' && { skipped: 'it does without a key' }),
    async run() {
      const context = { ...lendTo(provider, {}), env: {} };
      const { error } = await embed(provider, {}, embeddingRequest(), context);
      expect(
        error instanceof Error && error.message.includes(provider.env?.[0] ?? ''),
        `it must name ${provider.env?.[0]}, but: ${String(error)}`,
      );
      expectEqual('requests', context.requests.length, 0);
    },
  },
];

const cancellationCheck = (provider: Provider): Check => ({
  name: 'ends at once when the call is aborted in silence',
  async run() {
    const context = lendTo(provider, { body: '', ends: 'stall' });
    const reading = (async () => {
      try {
        for await (const _ of embedWith(provider, frozen(embeddingRequest()), context));
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    await turn();
    context.abort();
    const error = await Promise.race([reading, late()]);
    expect(error !== 'late', 'it went on waiting after the abort');
    expect(isG4FError(error) && error.code === 'aborted', `it must fail with aborted, but: ${String(error)}`);
    await turn();
    expectEqual('bodies closed', context.closed.count, 1);
  },
});
