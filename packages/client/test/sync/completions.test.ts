// `completions.create` through both clients, over a socket: whole answers and streams, the same chunks and errors.
import type { TextCompletion } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { failureOf } from '../fake-provider.ts';
import { startJsonService } from './json-service.ts';

const FRAME = { id: 'cmpl-1', object: 'text_completion', created: 1_700_000_000, model: 'm-1' } as const;
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const chunk = (fields: object): string => `data: ${JSON.stringify({ ...FRAME, ...fields })}\n\n`;
const piece = (
  text: string,
  finish_reason: string | null = null,
  index = 0,
  logprobs: object | null = null,
) => chunk({ choices: [{ index, text, logprobs, finish_reason }] });
const DONE = 'data: [DONE]\n\n';
const type = 'text/event-stream';
const lines = (token: string) => ({ tokens: [token], token_logprobs: [-0.5], top_logprobs: null });

const ANSWERS = {
  '/whole/completions': {
    body: JSON.stringify({
      ...FRAME,
      choices: [{ index: 0, text: ' b;', logprobs: lines(' b;'), finish_reason: 'length' }],
      usage,
    }),
  },
  '/stream/completions': {
    type,
    body: [
      piece(' a', null, 0, lines(' a')),
      piece(' b'),
      piece('', 'stop'),
      chunk({ choices: [], usage }),
      DONE,
    ].join(''),
  },
  '/two/completions': {
    type,
    body: [piece('x', null, 1), piece('y'), piece('', 'stop', 1), piece('', 'length'), DONE].join(''),
  },
  '/one-of-two/completions': { type, body: [piece('y'), piece('', 'length'), DONE].join('') },
  '/endless/completions': { type, body: piece(' a') },
  '/cut/completions': { type, body: piece(' a'), cut: true },
  '/inside/completions': {
    type,
    body: `${piece(' a')}data: {"error":{"message":"overloaded: my own secret prompt","code":503}}\n\n`,
  },
  '/page/completions': { type: 'text/html', body: '<!doctype html><title>Welcome</title>' },
  '/limited/completions': { status: 429, body: '{"error":{"message":"slow down: my own secret prompt"}}' },
} as const;

const client = new Client({ env: {}, maxRetries: 0 });
const async = new AsyncClient({ env: {}, maxRetries: 0 });
let service: Awaited<ReturnType<typeof startJsonService>>;
beforeAll(async () => {
  service = await startJsonService(ANSWERS);
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const params = { model: 'm', prompt: 'my own secret prompt' };
const at = (path: string): CallOptions => ({ baseURL: `${service.url}/${path}` });

/** What came, and what it failed with. */
const read = async (path: string, more: object = {}) => {
  const chunks: TextCompletion[] = [];
  const stream = async.completions.create({ ...params, ...more, stream: true }, at(path));
  const reading = (async () => {
    for await (const one of stream) chunks.push(one);
  })();
  const error = await reading.then(
    () => undefined,
    () => failureOf(reading),
  );
  return { chunks, error, requestId: stream.requestId };
};
const readBlocked = async (path: string, more: object = {}) => {
  const chunks: TextCompletion[] = [];
  const stream = client.completions.create({ ...params, ...more, stream: true }, at(path));
  try {
    for (const one of stream) chunks.push(one);
  } catch (thrown) {
    return { chunks, error: await failureOf(Promise.reject(thrown)), requestId: stream.requestId };
  }
  return { chunks, error: undefined, requestId: stream.requestId };
};
const textOf = (chunks: readonly TextCompletion[], index = 0): string =>
  chunks
    .flatMap(({ choices }) => choices)
    .map((choice) => (choice.index === index ? choice.text : ''))
    .join('');

describe('a whole answer', () => {
  it("has OpenAI's shape on both", async () => {
    const answer = await async.completions.create(params, at('whole'));
    expect(answer).toEqual({
      ...FRAME,
      choices: [{ index: 0, text: ' b;', logprobs: lines(' b;'), finish_reason: 'length' }],
      usage: { ...usage },
      provider: 'custom',
    });
    expect(client.completions.create(params, at('whole'))).toEqual(answer);
    expect(answer._request_id).toBe('req-1');
  });

  it('is made of a stream where the service streams all the same', async () => {
    const answer = await async.completions.create({ ...params, n: 2 }, at('two'));
    expect(answer.choices).toEqual([
      { index: 0, text: 'y', logprobs: null, finish_reason: 'length' },
      { index: 1, text: 'x', logprobs: null, finish_reason: 'stop' },
    ]);
    expect(client.completions.create({ ...params, n: 2 }, at('two'))).toEqual(answer);
    const joined = await async.completions.create(params, at('stream'));
    expect(joined.choices).toEqual([
      { index: 0, text: ' a b', logprobs: lines(' a'), finish_reason: 'stop' },
    ]);
  });

  it.each(['page', 'limited', 'endless', 'cut', 'inside', 'one-of-two'])('fails alike: %s', async (path) => {
    const asked = { ...params, n: path === 'one-of-two' ? 2 : 1 };
    const error = await failureOf(async.completions.create(asked, at(path)));
    const thrown = await failureOf(() => client.completions.create(asked, at(path)));
    expect([thrown.code, thrown.message]).toEqual([error.code, error.message]);
    expect(error.message).not.toContain('secret');
  });
});

describe('a stream', () => {
  it('comes chunk by chunk on both, and ends with its tokens', async () => {
    const { chunks, error, requestId } = await read('stream', { stream_options: { include_usage: true } });
    expect([error, requestId, textOf(chunks)]).toEqual([undefined, 'req-1', ' a b']);
    expect(chunks[0]).toEqual({
      ...FRAME,
      choices: [{ index: 0, text: ' a', logprobs: lines(' a'), finish_reason: null }],
      provider: 'custom',
    });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage });
    const blocked = await readBlocked('stream', { stream_options: { include_usage: true } });
    expect(blocked).toEqual({ chunks, error, requestId });
  });

  it('has a choice in every chunk for those who did not ask for tokens', async () => {
    const { chunks } = await read('stream');
    expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
  });

  it('keeps several texts apart', async () => {
    const { chunks } = await read('two', { n: 2 });
    expect([textOf(chunks, 0), textOf(chunks, 1)]).toEqual(['y', 'x']);
  });

  it.each([
    ['endless', 'stream-truncated', ' a'],
    ['cut', 'network', ' a'],
    ['inside', 'server', ' a'],
    ['page', 'bad-response', ''],
    ['limited', 'rate-limit', ''],
  ])('that goes wrong hands out what came, and fails alike: %s', async (path, code, text) => {
    const { chunks, error } = await read(path);
    const blocked = await readBlocked(path);
    expect([error?.code, textOf(chunks)]).toEqual([code, text]);
    expect(error?.message).not.toContain('secret');
    expect([blocked.error?.code, blocked.error?.message, blocked.chunks]).toEqual([
      code,
      error?.message,
      chunks,
    ]);
  });

  it('can be left', async () => {
    for await (const one of async.completions.create({ ...params, stream: true }, at('stream'))) {
      expect(one.choices[0]?.text).toBe(' a');
      break;
    }
    for (const one of client.completions.create({ ...params, stream: true }, at('stream'))) {
      expect(one.choices[0]?.text).toBe(' a');
      break;
    }
  });
});

it.each<[object, string]>([
  [
    { prompt: undefined },
    'prompt: a text, a list of texts, a list of tokens, or a list of such lists was expected, but it is missing.',
  ],
  [{ prompt: [] }, 'got an empty list.'],
  [{ prompt: ['a', 1] }, 'prompt: a text, a list of texts'],
  [{ prompt: [[1, 'a secret']] }, 'prompt: a text, a list of texts'],
  [{ max_tokens: -1 }, 'max_tokens: a whole number from 0 was expected, got the number -1.'],
  [{ n: 0 }, 'n: a whole number above 0 was expected, got the number 0.'],
  [{ logprobs: true }, 'logprobs: a whole number was expected, got the boolean true.'],
  [{ suffix: 5 }, 'suffix: a text was expected, got the number 5.'],
  [{ stop: 5 }, 'stop: a text or a list of texts was expected, got the number 5.'],
  [{ stream: 'yes' }, 'stream: true or false was expected, got the string "yes".'],
])('what cannot be sent is refused before anybody is asked, alike: %j', async (wrong, message) => {
  const asked = { ...params, ...wrong };
  const error = await failureOf(async.completions.create(asked, at('nobody')));
  expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(message) });
  expect(error.message).not.toContain('secret');
  expect((await failureOf(() => client.completions.create(asked, at('nobody')))).message).toBe(error.message);
});
