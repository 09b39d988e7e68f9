// Awaiting a stream throws what is known without asking a service, and gives the stream itself otherwise.
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { failureOf, wordsOf } from './fake-provider.ts';
import { begin, chunk, type FakeService, ROLE, sayHello, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
beforeEach(() => {
  service.answer = sayHello;
});
afterAll(() => service.close());

const untyped = (given: unknown): never => given as never;
const hello = { model: 'm', messages: 'hello', stream: true } as const;
const KEY = 'sk-not-to-be-shown';
const FACES = {
  AsyncClient: () =>
    new AsyncClient({
      provider: 'acme',
      backends: [{ id: 'acme', baseURL: service.url }],
      env: {},
      apiKey: KEY,
    }),
  'the small client': () =>
    new SmallClient({ provider: openaiCompatible({ baseURL: service.url }), env: {}, apiKey: KEY }),
};

describe.each(Object.entries(FACES))('%s', (_, clientOf) => {
  it.each<[string, object, object?]>([
    ['no messages', { messages: [] }],
    ['odd messages', { messages: [5] }],
    ['what is no plain data', { metadata: { at: () => 1 } }],
    ['a wrong option', {}, { timeout: -1 }],
    ['an unknown option', {}, { defaultHeaders: {} }],
  ])('throws at the await: %s', async (_, params, options) => {
    const sent = service.requests.length;
    const create = clientOf().chat.completions.create;
    const error = await failureOf(async () => {
      await create(untyped({ ...hello, ...params }), untyped(options));
    });
    expect(error.code).toBe('invalid-request');
    // The same as whoever reads at once is told.
    const read = await failureOf(async () => {
      for await (const _ of create(untyped({ ...hello, ...params }), untyped(options)));
    });
    expect(read.message).toBe(error.message);
    expect(service.requests.length).toBe(sent);
  });

  it('gives the very stream, sends nothing before it is read, and can be awaited again', async () => {
    const sent = service.requests.length;
    const stream = clientOf().chat.completions.create(hello);
    expect(await stream).toBe(stream);
    expect(await stream).toBe(stream);
    expect(service.requests.length).toBe(sent);
    const chunks = [];
    for await (const one of stream) chunks.push(one);
    expect(wordsOf(chunks)).toBe('Hello');
    expect(service.requests.length).toBe(sent + 1);
    expect(await stream).toBe(stream);
  });

  it('is chained on like a promise: what is done with it, and what is caught', async () => {
    const promised = (given: object): Promise<unknown> =>
      untyped(clientOf().chat.completions.create(untyped(given)));
    expect(await promised(hello).then(() => 'the stream')).toBe('the stream');
    const refused = promised({ ...hello, messages: [] }).then(() => 'the stream');
    expect(await refused.catch(({ code }) => code)).toBe('invalid-request');
    // The two arguments of a promise's `then` may be left out.
    expect(await promised(hello).then(null, undefined)).toMatchObject({ headers: undefined });
  });

  it('asks once, whether it is awaited and read at the same time or not', async () => {
    const sent = service.requests.length;
    const stream = clientOf().chat.completions.create(hello);
    const [awaited, first] = await Promise.all([stream, stream.next()]);
    expect(awaited).toBe(stream);
    expect(first.done).toBe(false);
    for await (const _ of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) });
    expect(service.requests.length).toBe(sent + 1);
  });

  it('shows who answers, and no key', async () => {
    const client = clientOf();
    const stream = client.chat.completions.create(hello);
    expect(inspect(stream)).toBe("AsyncChunkStream { state: 'not read yet' }");
    for await (const _ of stream) expect(inspect(stream)).toContain("state: 'being read', provider: '");
    expect(inspect(stream)).toMatch(/^AsyncChunkStream { state: 'ended', provider: '\w+', model: 'm' }$/);
    expect(inspect([client, stream], { depth: 9, showHidden: true })).not.toContain(KEY);
  });

  it('close() aborts what runs, and refuses what comes later', async () => {
    service.answer = (response) => begin(response, ROLE, chunk({ content: 'Hel' }));
    const client = clientOf();
    const stream = client.chat.completions.create(hello);
    await stream.next();
    const rest = failureOf(async () => {
      for (let step = await stream.next(); !step.done; step = await stream.next());
    });
    client.close();
    expect(await rest).toMatchObject({
      code: 'aborted',
      message: 'AsyncClient: it was closed in mid-answer.',
    });
    while (service.sockets.size > 0) await pause(5);
    const closed = {
      code: 'invalid-request',
      message: 'AsyncClient: it was closed; make a new AsyncClient for more calls.',
    };
    const sent = service.requests.length;
    const { create } = client.chat.completions;
    expect(await failureOf(async () => await create({ ...hello, stream: false }))).toMatchObject(closed);
    expect(await failureOf(async () => void (await create(hello)))).toMatchObject(closed);
    expect(await failureOf(() => create(hello).next())).toMatchObject(closed);
    expect(service.requests.length).toBe(sent);
  });

  it('is closed by `await using`', async () => {
    const kept: ReturnType<typeof clientOf>[] = [];
    {
      await using client = clientOf();
      kept.push(client);
    }
    const error = await failureOf(async () => kept[0]?.chat.completions.create({ ...hello, stream: false }));
    expect(error.message).toContain('it was closed');
  });
});

it('throws at the await where no model and no key is there, in the words of a read', async () => {
  const client = new AsyncClient({ env: {} });
  for (const model of ['gtp-4', 'gpt-4o']) {
    const error = await failureOf(
      async () => void (await client.chat.completions.create({ ...hello, model })),
    );
    const read = await failureOf(() => client.chat.completions.create({ ...hello, model }).next());
    expect(error.message).toBe(read.message);
    expect(['model-not-found', 'no-provider']).toContain(error.code);
  }
  client.close();
  expect((await failureOf(() => client.health())).code).toBe('invalid-request');
  expect((await failureOf(() => client.models.list())).code).toBe('invalid-request');
});

it('a fallback answers once, however the stream is awaited and read', async () => {
  const client = new AsyncClient({
    provider: 'nobody',
    backends: [
      { id: 'nobody', baseURL: service.url, apiKeyEnv: 'NOBODY_KEY' },
      { id: 'acme', baseURL: service.url },
    ],
    fallback: 'acme:m',
    env: {},
  });
  const sent = service.requests.length;
  const stream = client.chat.completions.create(hello);
  const awaited = Promise.resolve(stream);
  const chunks = [];
  for await (const one of stream) chunks.push(one);
  await awaited;
  expect(wordsOf(chunks)).toBe('Hello');
  expect(service.requests.length).toBe(sent + 1);
});

it('all that await a stream that fails are told', async () => {
  const stream = new AsyncClient({ env: {} }).chat.completions.create({ ...hello, model: 'no-such-model' });
  const outcomes = await Promise.allSettled([stream, stream]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
