// withLimits: so many requests to a provider at once, and in a span of time; the others wait in their order.
import { G4FError, type Provider } from '@g4f/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withLimits } from '../../src/limits/with-limits.ts';
import type { CallOptions, ClientOptions } from '../../src/surface/options.ts';
import { pass, turns } from '../clock.ts';
import { fakeEmbedder, vectorsFor } from '../embeddings/fake-embedder.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  saying,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

/** The queue goes by the date, too. */
const stopDates = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
};

/** However long it takes. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await turns(1);
};

/** Tells who was asked, by the prompts, and answers when the test lets it. */
const gate = () => {
  const asked: string[] = [];
  const goes: (() => void)[] = [];
  const provider = fakeProvider('one', async function* ({ model, messages: [message] }) {
    const prompt = String(message?.content);
    asked.push(prompt);
    yield [start(model), text(prompt)];
    await new Promise<void>((go) => goes.push(go));
    yield [stop];
  });
  /** Lets the first of those who are under way end. */
  const letGo = async (): Promise<void> => {
    await until(() => goes.length > 0);
    goes.shift()?.();
  };
  return { asked, provider, letGo };
};

const clientOf = (provider: Provider | Provider[], wrap: ClientOptions['wrap'], more: ClientOptions = {}) =>
  new AsyncClient({ env: {}, maxRetries: 0, provider, ...(wrap && { wrap }), ...more });
const ask = (client: AsyncClient, messages: string, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages, stream: true }, options);
/** The queue is loaded with the first request. */
const loaded = async (): Promise<void> => {
  await import('../../src/limits/limiter.ts');
  await turns();
};

describe('concurrency', () => {
  it('holds a place for as long as a stream is read, and gives it on by order of arrival', async () => {
    const { asked, provider, letGo } = gate();
    const client = clientOf(provider, withLimits({ concurrency: 2 }));
    const answers = ['a', 'b', 'c', 'd'].map((prompt) => collect(ask(client, prompt)));
    await until(() => asked.length === 2);
    await turns();
    expect(asked).toEqual(['a', 'b']);
    await letGo();
    await until(() => asked.length === 3);
    await turns();
    expect(asked).toEqual(['a', 'b', 'c']);
    for (let rest = 0; rest < 3; rest++) await letGo();
    expect((await Promise.all(answers)).map(wordsOf)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives the place of a stream that is left, and of one that failed, to the next', async () => {
    const { asked, provider } = gate();
    const client = clientOf(provider, withLimits({ concurrency: 1 }));
    for await (const _ of ask(client, 'left')) break;
    const next = ask(client, 'next');
    await next[Symbol.asyncIterator]().next();
    next.abort();
    expect(asked).toEqual(['left', 'next']);
    const down = clientOf(fakeProvider('down', failing('server')), withLimits({ concurrency: 1 }));
    for (let call = 0; call < 2; call++)
      expect(await failureOf(collect(ask(down, 'x')))).toMatchObject({ code: 'server' });
  });

  it('is of each provider by itself, and another one where it is named', async () => {
    const { asked, provider } = gate();
    const other = fakeProvider('other', saying('o'));
    const client = clientOf(
      [provider, other],
      withLimits({ concurrency: 9, providers: { one: { concurrency: 1 } } }),
    );
    const first = ask(client, 'first');
    await first[Symbol.asyncIterator]().next();
    const second = ask(client, 'second');
    const reading = second[Symbol.asyncIterator]().next();
    expect(wordsOf(await collect(ask(client, 'x', { provider: other })))).toBe('o');
    expect(asked).toEqual(['first']);
    first.abort();
    await reading;
    expect(asked).toEqual(['first', 'second']);
    second.abort();
  });

  it('holds for every operation', async () => {
    const asked: string[] = [];
    const goes: (() => void)[] = [];
    const provider = fakeEmbedder('vectors', async function* (request) {
      asked.push(...request.input.map(String));
      await new Promise<void>((go) => goes.push(go));
      yield vectorsFor(request);
    });
    const client = clientOf(provider, withLimits({ concurrency: 1 }));
    const answers = ['first', 'second'].map((input) => client.embeddings.create({ model: 'vectors', input }));
    await until(() => goes.length > 0);
    await turns();
    expect(asked).toEqual(['first']);
    goes.shift()?.();
    await until(() => goes.length > 0);
    goes.shift()?.();
    expect((await Promise.all(answers)).map(({ data }) => data.length)).toEqual([1, 1]);
    expect(asked).toEqual(['first', 'second']);
  });
});

describe('a wait', () => {
  it('is no silence of the provider, but ends with the whole call, and leaves no place taken', async () => {
    await loaded();
    stopDates();
    const { asked, provider, letGo } = gate();
    const timeout = { headers: 10, firstContent: 10, total: 1000 };
    const client = clientOf(provider, withLimits({ concurrency: 1 }), { timeout });
    const first = collect(ask(client, 'first', { timeout: 0 }));
    await until(() => asked.length === 1);
    const late = failureOf(collect(ask(client, 'late')));
    const leaving = new AbortController();
    const left = failureOf(collect(ask(client, 'left', { signal: leaving.signal, timeout: 0 })));
    await turns();
    leaving.abort();
    expect(await left).toMatchObject({ code: 'aborted' });
    await pass(999);
    const third = collect(ask(client, 'third', { timeout: 0 }));
    await pass(1);
    expect(await late).toMatchObject({ code: 'timeout', phase: 'total' });
    await letGo();
    await letGo();
    expect((await Promise.all([first, third])).map(wordsOf)).toEqual(['first', 'third']);
    expect(asked).toEqual(['first', 'third']);
    expect(await client.health()).toMatchObject([{ failures: 0 }]);
  });
});

describe('a rate', () => {
  it('lets in so many in any span of time', async () => {
    await loaded();
    stopDates();
    const asked: string[] = [];
    const provider = fakeProvider('one', async function* ({ model, messages: [message] }) {
      asked.push(String(message?.content));
      yield [start(model), text('x'), stop];
    });
    const client = clientOf(provider, withLimits({ requests: 2, perMs: 1000 }));
    const answers = [collect(ask(client, 'a'))];
    await turns();
    await pass(600);
    answers.push(...['b', 'c', 'd'].map((prompt) => collect(ask(client, prompt))));
    await turns();
    expect(asked).toEqual(['a', 'b']);
    await pass(400);
    await turns();
    expect(asked).toEqual(['a', 'b', 'c']);
    await pass(599);
    expect(asked).toEqual(['a', 'b', 'c']);
    await pass(1);
    await turns();
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    await Promise.all(answers);
  });

  it('waits as long as a service that was asked too often asks for', async () => {
    await loaded();
    stopDates();
    let requests = 0;
    const provider = fakeProvider('one', async function* ({ model }) {
      requests += 1;
      if (requests === 1)
        throw new G4FError('one: slow down.', { code: 'rate-limit', status: 429, retryAfterMs: 5000 });
      yield [start(model), text('x'), stop];
    });
    const client = clientOf(provider, withLimits({ concurrency: 9 }));
    expect(await failureOf(collect(ask(client, 'x')))).toMatchObject({ code: 'rate-limit' });
    const next = collect(ask(client, 'x'));
    await turns();
    await pass(4999);
    await turns();
    expect(requests).toBe(1);
    await pass(1);
    await turns();
    expect(wordsOf(await next)).toBe('x');
  });
});

it.each<[unknown, string]>([
  [undefined, 'withLimits must be given an object, such as { concurrency: 4 }; it is undefined.'],
  [{}, 'withLimits must be given a limit, such as { concurrency: 4 }; it is an object.'],
  [{ concurrency: 0 }, 'withLimits concurrency must be a whole number above 0; it is 0.'],
  [{ requests: 1 }, 'withLimits must be given requests and perMs together'],
  [{ requests: 1, perMs: 1e12 }, 'withLimits perMs must be a number of ms above 0, at most a day'],
  [
    { concurency: 1 },
    'withLimits has no field "concurency"; it may have concurrency, requests, perMs, providers.',
  ],
  [
    { providers: { one: { perMs: 5 } } },
    'withLimits providers.one must be given requests and perMs together',
  ],
  [{ providers: 5 }, 'withLimits providers must be an object with limits for each provider id; it is 5.'],
])('says what is wrong with %j', (options, message) => {
  expect(() => withLimits(options as never)).toThrow(message);
});
