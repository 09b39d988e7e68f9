// A provider that draws: what comes is an image, in the form that was asked for, and whatever a service does wrong is an error.
import { type ErrorCode, type ImageRequest, isG4FError, type Provider } from '@g4f/core';
import { drawn, PNG } from '../../mock-wires/mock-images.ts';
import { late, turn } from '../cancellation.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure, JSON_TYPE, STATUSES } from '../failures.ts';
import { NOT_LENT, watched } from '../lent.ts';
import type { Lent } from '../lent-context.ts';
import { KIT_BASE, KIT_KEY, lendTo } from '../play.ts';
import { draw, imageRequest, kitUpload, PROMPT } from './image-play.ts';

/** The checks of `image`; none where there is no such method. */
export const imageChecks = (provider: Provider): readonly Check[] => {
  if (provider.image === undefined) return [];
  if (provider.wire === undefined) {
    const skipped = 'it speaks no wire that the kit knows';
    return [{ name: 'images', skipped, run: async () => undefined }];
  }
  return [
    ...answerChecks(provider),
    ...changeChecks(provider),
    ...failureChecks(provider),
    ...keyChecks(provider),
    cancellationCheck(provider),
  ].map(({ name, ...check }) => ({ ...check, name: `image: ${name}` }));
};

const BYTES: Partial<ImageRequest> = { response_format: 'b64_json' };

const answerChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'gives an image, or its address',
    async run() {
      const [part, ...others] = await drawWell(provider, {});
      expectEqual('parts after the first', others.length, 0);
      expect(part !== undefined && 'data' in part, 'one answer with data was expected');
      const [image] = part !== undefined && 'data' in part ? part.data : [];
      const isAddress = typeof image?.url === 'string' && URL.canParse(image.url);
      expect(isAddress || image?.b64_json === PNG, 'data[0] holds neither an address nor the image');
      expect(part !== undefined && 'created' in part && part.created > 0, 'created: it is missing');
    },
  },
  {
    name: 'gives the bytes where they are asked for',
    async run() {
      const [part] = await drawWell(provider, BYTES);
      const data = part !== undefined && 'data' in part ? part.data : [];
      expectEqual(
        'images',
        data.map(({ b64_json, url }) => ({ b64_json, url })),
        [{ b64_json: PNG, url: undefined }],
      );
    },
  },
  {
    name: 'gives each image as an event where a stream is asked for',
    async run() {
      const parts = await drawWell(provider, { stream: true });
      const last = parts.at(-1);
      expect(last !== undefined && 'type' in last, 'events were expected');
      if (last === undefined || !('type' in last)) return;
      expectEqual('type', last.type, 'image_generation.completed');
      expectEqual('b64_json', last.b64_json, PNG);
    },
  },
  {
    name: 'gives as many images as are asked for, or says that it did not',
    async run() {
      const { parts, error, context } = await draw(provider, drawn(), imageRequest({ n: 2 }));
      const [part] = parts;
      if (part === undefined || !('data' in part)) throw error;
      const isTold = context.warnings.some((warning) => warning.includes('2 images'));
      expect(part.data.length === 2 || isTold, `${part.data.length} came, and nothing was said of it`);
    },
  },
  {
    name: 'looks at nothing but what it is lent',
    async run() {
      const { used, result } = await watched(provider.env ?? [], () => draw(provider));
      expect(used.length === 0, `it used ${used.join(' and ')}`);
      expect(!JSON.stringify(result.context.requests).includes(NOT_LENT), 'it read process.env');
    },
  },
];

async function drawWell(provider: Provider, more: Partial<ImageRequest>) {
  const { parts, error } = await draw(provider, drawn(), imageRequest(more));
  if (error !== undefined) throw error;
  return parts;
}

/** Sent as it should be, or refused before anything is sent. */
const changeChecks = (provider: Provider): readonly Check[] =>
  (['edit', 'variation'] as const).map((task) => ({
    name:
      task === 'edit'
        ? 'changes an image, or says that it cannot'
        : 'varies an image, or says that it cannot',
    async run() {
      const request = imageRequest({ ...BYTES, task, image: [kitUpload()] });
      const { parts, error, context } = await draw(provider, drawn(), request);
      if (error === undefined) {
        const [part] = parts;
        expectEqual('image', part !== undefined && 'data' in part && part.data[0]?.b64_json, PNG);
        const [sent] = context.requests;
        expect(
          sent?.bodyStream !== undefined || sent?.body?.includes(PNG) === true,
          'the image to be changed was not sent',
        );
        return;
      }
      checkFailure(provider, error, ['invalid-request']);
      expectEqual('requests', context.requests.length, 0);
    },
  }));

const failureChecks = (provider: Provider): readonly Check[] => {
  const fails = (
    name: string,
    answer: Lent,
    codes: readonly ErrorCode[],
    more?: (error: unknown) => void,
  ): Check => ({
    name,
    async run() {
      const { error, parts } = await draw(provider, answer, imageRequest(BYTES));
      expectEqual('parts before the failure', parts.length, 0);
      checkFailure(provider, error, codes);
      more?.(error);
    },
  });
  // Services repeat the key that they were sent, and what they were asked.
  const repeated = (provider.env ?? []).length > 0 ? ` ${KIT_KEY}` : '';
  const refused = (message: string): string =>
    JSON.stringify({ error: { message: `${message}${repeated} ${PROMPT}`, type: 'refused' } });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const broken: Lent = (request) => {
    const { body = '', ...answer } = drawn()(request);
    return { ...answer, body: body.slice(0, body.length / 2), ends: 'reset' };
  };
  return [
    ...STATUSES.map(([status, code, message]) =>
      fails(
        `answers ${status} with ${code}`,
        { status, headers: JSON_TYPE, body: refused(message) },
        [code],
        (error) => {
          expectEqual('status', isG4FError(error) ? error.status : undefined, status);
          expect(!String(error).includes('Zürich'), 'the prompt stands in the error');
        },
      ),
    ),
    fails(
      'takes a web page for no image',
      { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' },
      ['bad-response'],
    ),
    fails('takes nothing for no image', { body: '' }, ['bad-response']),
    fails('takes other JSON for no image', { body: '{"choices":[]}' }, ['bad-response']),
    fails('refuses an image of no bytes', drawn(['']), ['bad-response']),
    fails('refuses a web page in the place of the image', drawn([base64('<!doctype html><p>no</p>')]), [
      'bad-response',
    ]),
    fails('refuses a failure in the place of the image', drawn([base64('{"error":"it broke down"}')]), [
      'bad-response',
      'server',
    ]),
    fails('refuses a broken connection', broken, ['network', 'bad-response']),
  ];
};

const keyChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'goes where it is told, with its key in one header of what it asks, and in nothing that it downloads',
    async run() {
      const { context } = await draw(provider, drawn(), imageRequest(BYTES));
      expect(context.requests.length > 0, 'nothing was sent');
      const hasKey = (provider.env ?? []).length > 0;
      for (const { url, body = '', headers } of context.requests) {
        expect(url.startsWith(new URL(KIT_BASE).origin), `url: ${url} is not where it was told to go`);
        expect(!`${url} ${body}`.includes(KIT_KEY), 'the key stands in the address or in the body');
        const holding = Object.values(headers).filter((value) => value.includes(KIT_KEY));
        const isDownload = url.endsWith('.png');
        expectEqual(`headers of ${url} that hold the key`, holding.length, hasKey && !isDownload ? 1 : 0);
      }
    },
  },
  {
    name: 'names the variable when its key is missing, and asks nobody',
    ...(provider.key !== 'required' && { skipped: 'it does without a key' }),
    async run() {
      const context = { ...lendTo(provider, {}), env: {} };
      const { error } = await draw(provider, {}, imageRequest(), context);
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
    const reading = draw(provider, {}, imageRequest(), context);
    await turn();
    context.abort();
    const outcome = await Promise.race([reading, late()]);
    expect(outcome !== 'late', 'it went on waiting after the abort');
    const error = outcome === 'late' ? undefined : outcome.error;
    expect(isG4FError(error) && error.code === 'aborted', `it must fail with aborted, but: ${String(error)}`);
    await turn();
    expectEqual('bodies closed', context.closed.count, 1);
  },
});
