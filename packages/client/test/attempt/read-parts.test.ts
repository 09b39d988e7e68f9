// What a provider of an operation that answers once may do wrong, and what several requests of it are bounded by.
import { createServer } from 'node:http';
import type { EmbeddingResponse, Provider } from '@g4f/core';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { fakeEmbedder, vectorsFor } from '../embeddings/fake-embedder.ts';
import { failing, failureOf, fakeProvider, saying } from '../fake-provider.ts';

const client = new AsyncClient({ env: {}, maxRetries: 0 });
const failure = (embed: unknown, options: CallOptions = {}, input: string | string[] = 'x') =>
  failureOf(
    client.embeddings.create(
      { model: 'vectors', input },
      { provider: fakeEmbedder('acme', embed as NonNullable<Provider['embed']>), ...options },
    ),
  );

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
process.on('unhandledRejection', note);
afterEach(() => expect(unhandled.splice(0)).toEqual([]));

describe('a provider', () => {
  const NO_STREAM =
    'acme: embed() must return an async iterable, as a generator does (async *embed). Report it to the author of this provider.';

  it.each<[string, unknown, string]>([
    ['with an async method', async () => vectorsFor({ model: 'm', input: ['x'] }), NO_STREAM],
    ['whose async method rejects', () => Promise.reject(new Error('boom')), NO_STREAM],
    ['that gives nothing', () => undefined, NO_STREAM],
    [
      'that throws at once',
      () => {
        throw new TypeError('no such thing');
      },
      'acme: no such thing. The provider failed with an error of its own; report it to its author.',
    ],
  ])('%s is told of', async (_, embed, message) => {
    expect(await failure(embed)).toMatchObject({ code: 'internal', message });
    await new Promise(setImmediate);
  });

  it('whose trouble in ending it hides nothing', async () => {
    const embed = () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new Error('the real reason')),
        return: () => {
          throw new Error('another');
        },
      }),
    });
    expect((await failure(embed)).message).toContain('the real reason');
  });

  const vector = (embedding: unknown) => ({ object: 'list', model: 'm', data: [{ index: 0, embedding }] });
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no list', { data: 'ab' }],
    ['nulls', { data: [null] }],
    ['an object', vector({})],
    ['no numbers', vector([])],
    ['something else among them', vector([1, 'x'])],
    ['what is no number', vector([Number.NaN])],
    ['numbers of another kind of list', vector(new Float32Array(2))],
  ])('that answers with %s is refused, under its name', async (_, answer) => {
    const error = await failure(async function* () {
      yield answer;
    });
    expect(error).toMatchObject({ code: 'bad-response', provider: 'acme' });
    expect(error.message).toMatch(/^acme: /);
  });

  it('that answers twice is refused', async () => {
    const error = await failure(async function* (request: Parameters<typeof vectorsFor>[0]) {
      yield vectorsFor(request);
      yield vectorsFor(request);
    });
    expect(error.message).toBe('acme: a second answer came to one request. Choose another provider.');
  });
});

describe('several requests at once', () => {
  /** A service that begins to answer `/body`, and never anything else. */
  const startService = async (): Promise<string> => {
    const server = createServer((request, response) => {
      if (request.url === '/body') response.write('{');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  };

  it('each have their own deadlines: one whose headers have come does not hide one that is dead', async () => {
    const url = await startService();
    const embed: NonNullable<Provider['embed']> = async function* (request, { send }) {
      const ask = (path: string) => send({ method: 'GET', url: `${url}${path}`, headers: {} });
      await Promise.all([ask('/dead'), ask('/body')]);
      yield vectorsFor(request);
    };
    expect(await failure(embed, { timeout: { headers: 50, firstContent: 0 } })).toMatchObject({
      code: 'timeout',
      phase: 'headers',
    });
  });

  it('may be sent again one by one, and then not all of them', async () => {
    let asked = 0;
    const delays: (number | undefined)[] = [];
    const embed: NonNullable<Provider['embed']> = async function* (_request, { retryDelayMs }) {
      asked += 1;
      const error = Object.assign(await failureOf(failOnce()), { retryAfterMs: 0 });
      for (const retries of [0, 1, 2]) delays.push(retryDelayMs?.(error, retries));
      yield await failOnce();
    };
    const failOnce = async (): Promise<EmbeddingResponse> => {
      const broken = new AsyncClient({
        env: {},
        provider: fakeProvider('b', failing('server')),
        maxRetries: 0,
      });
      await broken.chat.completions.create({ model: 'family', messages: 'x' });
      throw new Error('unreachable');
    };
    await failure(embed, { maxRetries: 2 });
    expect(delays).toEqual([expect.any(Number), expect.any(Number), undefined]);
    expect(asked).toBe(1);
  });

  it('are no reason to ask another provider as well: the first part is all of the answer', async () => {
    const asked: string[] = [];
    const slow = (id: string) =>
      fakeEmbedder(id, async function* (request) {
        asked.push(id);
        await new Promise((done) => setTimeout(done, 20));
        yield vectorsFor(request);
      });
    await client.embeddings.create(
      { model: 'vectors', input: 'x' },
      { provider: [slow('a'), slow('b')], hedge: { afterMs: 1 } },
    );
    expect(asked).toEqual(['a']);
  });
});

it('what fails for one operation says nothing of another', async () => {
  const provider: Provider = {
    ...fakeProvider('both', saying('well')),
    modelsFor: { embed: { vectors: 'v' } },
    embed: fakeEmbedder('x', () => {
      throw new Error('down');
    }).embed as NonNullable<Provider['embed']>,
  };
  const own = new AsyncClient({ env: {}, provider });
  await own.chat.completions.create({ model: 'family', messages: 'x' });
  for (let time = 0; time < 3; time++)
    await own.embeddings.create({ model: 'vectors', input: 'x' }).catch(() => undefined);
  expect(await own.health()).toMatchObject([
    { provider: 'both', requests: 1, failures: 0 },
    { provider: 'both', operation: 'embed', requests: 3 },
  ]);
});
