// Replicate is asked once and read elsewhere: the key goes to the first place only.
import type { Context, HttpRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import replicate from '../../src/backends/replicate.ts';
import { collect, createFakeContext } from './fake-context.ts';

const STREAM = 'https://stream.replicate.com/v1/files/bcwr-secret';
const TEXT = 'event: output\ndata: Hello\n\nevent: done\ndata: {}\n\n';
const prediction = (more: object): string =>
  JSON.stringify({ id: 'p1', status: 'starting', output: null, urls: { stream: STREAM }, ...more });

const asking = { model: 'meta/llama', messages: [{ role: 'user', content: 'hi' }], stream: true } as const;

/** A service that answers what it is asked to do, and then what it is asked for. */
const serving = (first: string, second = { status: 200, body: TEXT }) => {
  const requests: HttpRequest[] = [];
  const context: Context = {
    ...createFakeContext({}, { apiKey: 'r8_secret' }),
    send: async (request) => {
      requests.push(request);
      const [status, type, body] =
        request.method === 'POST'
          ? [201, 'application/json', first]
          : [second.status, 'text/event-stream', second.body];
      const headers = { 'content-type': type };
      return {
        status,
        headers,
        release: () => undefined,
        body: (async function* () {
          yield Buffer.from(body);
        })(),
      };
    },
  };
  return { requests, context };
};

const textIn = (events: readonly { readonly type: string }[]): readonly unknown[] =>
  events.flatMap((event) => ('text' in event ? [event.text] : []));

describe('a prediction', () => {
  it.each([true, false])('is begun with the key, and read without it (stream: %s)', async (stream) => {
    const { requests, context } = serving(prediction({}));
    const events = await collect(replicate.chat({ ...asking, stream }, context));
    expect(textIn(events)).toEqual(['Hello']);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.replicate.com/v1/models/meta/llama/predictions',
      `GET ${STREAM}`,
    ]);
    expect(requests[0]?.headers.authorization).toBe('Bearer r8_secret');
    expect(requests[1]?.headers).toEqual({ accept: 'text/event-stream' });
  });

  it('that is done at once is not read again', async () => {
    const { requests, context } = serving(prediction({ status: 'succeeded', output: ['Hel', 'lo'] }));
    expect(textIn(await collect(replicate.chat(asking, context)))).toEqual(['Hel', 'lo']);
    expect(requests).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['of a model that does not stream', prediction({ urls: {} }), 'invalid-request'],
    ['that is none', '<!doctype html>', 'bad-response'],
    ['that is nothing', '', 'bad-response'],
  ])('%s is no answer', async (_name, body, code) => {
    const { requests, context } = serving(body);
    await expect(collect(replicate.chat(asking, context))).rejects.toMatchObject({
      code,
      provider: 'replicate',
    });
    expect(requests).toHaveLength(1);
  });

  it('whose stream is refused is no answer', async () => {
    const { context } = serving(prediction({}), { status: 503, body: 'busy' });
    await expect(collect(replicate.chat(asking, context))).rejects.toMatchObject({
      code: 'server',
      status: 503,
    });
  });

  it('that is refused is not looked for elsewhere', async () => {
    const body = JSON.stringify({ detail: 'Invalid token', status: 401, title: 'Unauthenticated' });
    const context = createFakeContext({ status: 401, body }, { apiKey: 'r8_secret' });
    await expect(collect(replicate.chat(asking, context))).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining('Invalid token'),
    });
    expect(context.requests).toHaveLength(1);
  });
});

it('lists the language models of its collection', async () => {
  const body = JSON.stringify({
    slug: 'language-models',
    models: [{ owner: 'meta', name: 'llama' }, { owner: 'x' }],
  });
  const context = createFakeContext({ body }, { apiKey: 'r8_secret' });
  expect(await replicate.listModels(context)).toEqual([{ id: 'meta/llama', ownedBy: 'meta' }]);
  expect(context.requests[0]?.url).toBe('https://api.replicate.com/v1/collections/language-models');
});
