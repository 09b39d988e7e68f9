// withGuard: texts that are refused before they are sent, and while they come; a check that fails lets nothing through.
import { G4FError, type Provider, type ResponseStreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { AnswerTexts } from '../../src/guard/answer-texts.ts';
import { textsOfCall } from '../../src/guard/texts-of-request.ts';
import { type GuardOptions, withGuard } from '../../src/guard/with-guard.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import {
  collect,
  failureOf,
  fakeProvider,
  recording,
  saying,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

const moderator = new URL('../sync/fixtures/guarded.mjs', import.meta.url);
const { default: guarded }: { readonly default: Provider } = await import(moderator.href);

const clientOf = (guard: GuardOptions, chat = saying('all ', 'is ', 'well'), more: ClientOptions = {}) =>
  new AsyncClient({
    env: {},
    maxRetries: 0,
    provider: fakeProvider('one', chat),
    use: [withGuard(guard)],
    ...more,
  });
const ask = (client: AsyncClient, messages = 'x') =>
  client.chat.completions.create({ model: 'family', messages, stream: true });
const noWar = (given: string) => !given.includes('war') || 'it speaks of war';

describe('what is asked', () => {
  it('is refused before anybody is asked, and the error says by what', async () => {
    const asked: Parameters<typeof recording>[0] = [];
    const client = clientOf({ name: 'peace', input: noWar }, recording(asked));
    const error = await failureOf(collect(ask(client, 'to war!')));
    expect(error).toMatchObject({
      code: 'content-filter',
      scope: 'request',
      message: 'peace refused what is asked: it speaks of war. Nobody was asked.',
    });
    expect(asked).toEqual([]);
    expect(await client.health()).toEqual([]);
    expect(wordsOf(await collect(ask(client, 'peace')))).toBe('ok');
  });

  it('is all that somebody wrote, of every operation, and no names, ids or media', async () => {
    const seen: string[] = [];
    const input = (given: string) => seen.push(given) > 0;
    const client = clientOf({ input });
    await client.chat.completions.create({
      model: 'family',
      messages: [
        { role: 'system', content: 'be kind' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'find', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'call-1', content: 'found' },
      ],
    });
    const vectors = clientOf({ input }, undefined, { provider: fakeEmbedder('vectors') });
    await vectors.embeddings.create({ model: 'vectors', input: ['one', 'two'] });
    expect(seen).toEqual(['be kind\nlook\n{"q":1}\nfound', 'one\ntwo']);
  });
});

it.each<[string, unknown]>([
  ['a message', 'data: of the war'],
  ['a part', [{ role: 'user', content: [{ type: 'text', text: 'data:,war' }] }]],
  ['what a tool gave', [{ role: 'tool', tool_call_id: 'a', content: 'data:war;base64,war' }]],
])('is checked where it begins as an address of data does: %s', async (_, messages) => {
  const client = clientOf({ input: noWar });
  expect(
    await failureOf(client.chat.completions.create({ model: 'family', messages: messages as string })),
  ).toMatchObject({ code: 'content-filter' });
});

it('is what a prompt is filled with, without its media', () => {
  const url = 'data:image/png;base64,AAAA';
  const variables = {
    image_url: 'data: war',
    picture: { type: 'input_image', image_url: url, detail: 'low' },
    file: { type: 'input_file', file_data: url, filename: 'a' },
    words: { type: 'input_text', text: 'peace' },
  };
  const request = { prompt: { id: 'p', variables } };
  const call = { operation: 'respond', request, options: { extraBody: undefined } } as const;
  expect(textsOfCall(call)).toEqual(['data: war', 'input_text', 'peace']);
});

describe('an answer', () => {
  const long = [...'peace '.repeat(20), 'w', 'ar', ...' and more'.repeat(20)];
  it('stops where it is refused; no more than the distance gets out unchecked', async () => {
    const into: Parameters<typeof wordsOf>[0][number][] = [];
    const client = clientOf({ output: noWar, every: 10 }, saying(...long));
    const error = await failureOf(collect(ask(client), into));
    expect(error.message).toBe(
      'withGuard refused the answer: it speaks of war. What has come of it is not whole.',
    );
    const words = wordsOf(into);
    expect(long.join('').startsWith(words)).toBe(true);
    expect(words.length).toBeGreaterThanOrEqual(110);
    expect(words.length).toBeLessThan(130);
    expect(await client.health()).toMatchObject([{ failures: 0 }]);
  });

  it.each([1, 3, 7, 10, 50, 10_000])(
    'never lets refused text out where it is held, checked every %i characters',
    async (every) => {
      const into: Parameters<typeof wordsOf>[0][number][] = [];
      const client = clientOf({ output: noWar, every, buffer: true }, saying(...long));
      expect(await failureOf(collect(ask(client), into))).toMatchObject({ code: 'content-filter' });
      expect(wordsOf(into)).not.toMatch(/war/);
      expect(wordsOf(await collect(ask(clientOf({ output: noWar, every, buffer: true }))))).toBe(
        'all is well',
      );
    },
  );

  it.each<[string, object]>([
    ['its reasoning', { type: 'reasoning-delta' }],
    ['another choice', { choice: 1 }],
  ])('is held in all its texts, not in the one that is due alone: %s', async (_, other) => {
    const into: Parameters<typeof wordsOf>[0][number][] = [];
    const client = clientOf({ output: noWar, buffer: true }, async function* ({ model }) {
      yield [start(model), { ...text('of war'), ...other } as ReturnType<typeof text>, text('a'.repeat(600))];
      yield [stop, { ...stop, choice: 1 }];
    });
    const answer = client.chat.completions.create({ model: 'family', messages: 'x', n: 2, stream: true });
    expect(await failureOf(collect(answer, into))).toMatchObject({ code: 'content-filter' });
    expect(into).toEqual([]);
  });

  it('is checked whole where it comes whole, its arguments, reasoning and refusals as well', async () => {
    const said = (event: object) =>
      clientOf({ output: noWar }, async function* ({ model }) {
        yield [start(model), text('x'), { choice: 0, ...event } as ReturnType<typeof text>, stop];
      });
    for (const event of [
      { type: 'reasoning-delta', text: 'war' },
      { type: 'tool-call-delta', key: 'a', id: 'a', name: 'f', arguments: '{"a":"war"}' },
      { type: 'aside', extra: { delta: { refusal: 'war' } } },
      { type: 'aside', extra: { delta: { audio: { id: 'a', transcript: 'war' } } } },
      { type: 'aside', extra: { delta: { reasoning_details: [{ type: 'reasoning.text', text: 'war' }] } } },
      {
        type: 'aside',
        extra: { delta: { reasoning_details: [{ type: 'reasoning.summary', summary: 'war' }] } },
      },
    ])
      expect(
        await failureOf(said(event).chat.completions.create({ model: 'family', messages: 'x' })),
      ).toMatchObject({
        code: 'content-filter',
      });
  });
  it('of a response is checked in its pieces, and in what was not in pieces', async () => {
    const client = clientOf({ output: noWar }, saying('no ', 'w', 'ar'));
    const events: ResponseStreamEvent[] = [];
    expect(await failureOf(client.responses.create({ model: 'family', input: 'x' }))).toMatchObject({
      code: 'content-filter',
    });
    expect(
      await failureOf(
        collect(client.responses.create({ model: 'family', input: 'x', stream: true }), events),
      ),
    ).toMatchObject({ code: 'content-filter' });
    const texts = new AnswerTexts('transcribe', 500);
    texts.add({ text: 'whole' } as never);
    texts.add({ type: 'transcript.text.delta', delta: 'pie' } as never);
    texts.add({ type: 'transcript.text.delta', delta: 'ces' } as never);
    texts.add({ type: 'transcript.text.done', text: 'pieces' } as never);
    expect(texts.unchecked(true)).toEqual(['whole', 'pieces']);
  });

  it('keeps no more of a chat than it checks at a time', () => {
    const texts = new AnswerTexts('chat', 10);
    for (let at = 0; at < 1000; at++) {
      texts.add([text('12345')]);
      for (const one of texts.unchecked(false)) expect(one.length).toBeLessThanOrEqual(20);
    }
  });
});

describe('a check that fails', () => {
  const broken: [string, GuardOptions['output'], string][] = [
    [
      'throws',
      () => {
        throw new G4FError('the judge is away.', { code: 'network' });
      },
      'network',
    ],
    ['rejects', () => Promise.reject(new TypeError('boom')), 'internal'],
    ['gives no verdict', (() => undefined) as never, 'internal'],
  ];
  it.each(broken)('refuses: one that %s', async (_, check, code) => {
    const asked: Parameters<typeof recording>[0] = [];
    const error = await failureOf(collect(ask(clientOf({ input: check ?? noWar }, recording(asked)))));
    expect(error).toMatchObject({ code, scope: 'request' });
    expect(error.message).toMatch(
      /^withGuard: what is asked could not be checked, and is refused for that: /,
    );
    expect(asked).toEqual([]);
    const into: Parameters<typeof wordsOf>[0][number][] = [];
    expect(
      await failureOf(collect(ask(clientOf({ output: check ?? noWar, buffer: true })), into)),
    ).toMatchObject({ code });
    expect(into).toEqual([]);
  });

  it.each(broken)('lets pass where that is wished: one that %s', async (_, check) => {
    const client = clientOf({ input: check ?? noWar, output: check ?? noWar, onError: 'pass' });
    expect(wordsOf(await collect(ask(client)))).toBe('all is well');
  });
});

describe('moderations', () => {
  const judged = (moderation: object, more: Partial<GuardOptions> = {}) =>
    new AsyncClient({
      env: {},
      provider: guarded,
      maxRetries: 0,
      use: [withGuard({ moderation: { model: 'judge', ...moderation }, ...more })],
    });

  it('of the same client judge what is asked and what is answered, and are not judged themselves', async () => {
    const error = await failureOf(collect(ask(judged({}), 'war')));
    expect(error.message).toBe('withGuard refused what is asked: judge found violence. Nobody was asked.');
    const answer = failureOf(collect(ask(judged({ only: 'output' }), 'war')));
    expect((await answer).message).toMatch(/^withGuard refused the answer: judge found violence/);
    expect(wordsOf(await collect(ask(judged({}), 'peace')))).toBe('peace');
    const { results } = await judged({}).moderations.create({ model: 'judge', input: 'war' });
    expect(results[0]?.flagged).toBe(true);
  });

  it('refuse by scores of the caller in the place of the verdict of the service', async () => {
    expect(wordsOf(await collect(ask(judged({ scores: { violence: 0.95 } }), 'war')))).toBe('war');
    expect((await failureOf(collect(ask(judged({ scores: { hate: 0.4 } }), 'peace')))).message).toMatch(
      /judge found hate/,
    );
  });

  it('that cannot be had refuse', async () => {
    const error = await failureOf(
      collect(ask(judged({ model: 'omni-moderation', provider: 'openai' }), 'peace')),
    );
    expect(error.scope).toBe('request');
    expect(error.message).toMatch(
      /^withGuard: what is asked could not be checked, and is refused for that: /,
    );
  });

  it('hold in Client', () => {
    using client = new Client({
      env: {},
      provider: moderator,
      use: [withGuard({ moderation: { model: 'judge' }, buffer: true })],
    });
    const { create } = client.chat.completions;
    expect(create({ model: 'family', messages: 'peace' }).choices[0]?.message.content).toBe('peace');
    expect(() => create({ model: 'family', messages: 'war' })).toThrow(
      /judge found violence. Nobody was asked/,
    );
  });
});

it.each<[unknown, string]>([
  [
    undefined,
    'withGuard must be given an object, such as { moderation: { model: "omni-moderation" } }; it is undefined.',
  ],
  [{ every: 5 }, 'withGuard must be given input, output or moderation; it is an object.'],
  [{ input: 'x' }, 'withGuard input must be a function that takes a text; it is "x".'],
  [
    { inputs: noWar },
    'withGuard has no field "inputs"; it may have name, input, output, moderation, every, buffer, onError.',
  ],
  [{ moderation: { model: 'm', score: {} } }, 'withGuard moderation must be an object with a model'],
  [{ moderation: { model: 'm', scores: { x: 2 } } }, 'withGuard moderation must be an object with a model'],
  [{ input: noWar, onError: 'open' }, 'withGuard onError must be "refuse" or "pass"; it is "open".'],
])('says what is wrong with %j', (options, message) => {
  expect(() => withGuard(options as never)).toThrow(message);
});
