// `use`: what a middleware sees, may do and may not, and what becomes of its failures.
import { type Batch, G4FError, type Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import type { Handler, Middleware, MiddlewareCall } from '../../src/surface/middleware.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { onItsClock, stopClock, turns } from '../clock.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import {
  collect,
  deaf,
  failing,
  failureOf,
  fakeProvider,
  recording,
  saying,
  start,
  stop,
  text,
  wordsOf,
} from '../fake-provider.ts';

const ok = fakeProvider('ok', saying('a', 'b'));
const clientWith = (use: readonly Middleware[], provider: Provider = ok, more: object = {}) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use, ...more });
const whole = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x' }, options);
const stream = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x', stream: true }, options);
const said = (answer: Awaited<ReturnType<typeof whole>>) => answer.choices[0]?.message.content;

/** Answers by itself. */
const own: Handler<'chat'> = async function* (call) {
  yield [start(call.request.model), text('mine')];
  yield [stop];
};

describe('what it sees', () => {
  it('is the operation, the checked request with the model as it was written, and how it is carried out', async () => {
    const calls: MiddlewareCall[] = [];
    const client = clientWith([
      (call, next) => {
        calls.push(call);
        return next();
      },
    ]);
    const params = { model: 'ok:family', messages: 'x', temperature: 0.5, stream: true } as const;
    await collect(
      client.chat.completions.create(params, { apiKey: 'sk-secret-secret', headers: { 'x-team': 'red' } }),
    );
    const [call] = calls;
    expect(call).toMatchObject({
      operation: 'chat',
      request: {
        model: 'ok:family',
        messages: [{ role: 'user', content: 'x' }],
        temperature: 0.5,
        stream: true,
      },
      options: { provider: ['ok'], cache: true, headers: { '*': { 'x-team': 'red' } } },
    });
    expect(call?.signal).toBeInstanceOf(AbortSignal);
    expect(call?.route).toMatchObject([{ provider: 'ok', model: 'ok-model' }]);
    expect(JSON.stringify(call)).not.toContain('sk-secret');
  });

  it('is every operation for a function, and those it knows for an object', async () => {
    const seen: string[] = [];
    const provider = { ...fakeEmbedder('both'), chat: saying('hi'), models: { family: 'm' } };
    const client = clientWith(
      [
        (call, next) => {
          seen.push(`all ${call.operation}`);
          return next();
        },
        {
          chat(call, next) {
            seen.push(`chat ${call.request.messages.length}`);
            return next();
          },
        },
      ],
      provider,
    );
    await whole(client);
    await client.embeddings.create({ model: 'vectors', input: 'x' });
    expect(seen).toEqual(['all chat', 'chat 1', 'all embed']);
  });

  it('is no call whose options or parameters are wrong', async () => {
    let calls = 0;
    const client = clientWith([
      (_call, next) => {
        calls += 1;
        return next();
      },
    ]);
    const wrong: WholeParams = { model: 'family', messages: [{ role: 'nobody' as 'user', content: '' }] };
    expect((await failureOf(client.chat.completions.create(wrong))).code).toBe('invalid-request');
    expect((await failureOf(whole(client, { timeout: -1 }))).code).toBe('invalid-request');
    expect((await failureOf(collect(stream(client, { timeout: -1 })))).code).toBe('invalid-request');
    expect(calls).toBe(0);
  });
});

describe('what it may do', () => {
  it('is to stand around the next one, the first outermost', async () => {
    const order: string[] = [];
    const named =
      (name: string): Middleware =>
      async (_call, next) => {
        order.push(`${name} in`);
        const parts = next();
        order.push(`${name} out`);
        return parts;
      };
    expect(said(await whole(clientWith([named('one'), named('two')])))).toBe('ab');
    expect(order).toEqual(['one in', 'one out', 'two in', 'two out']);
  });

  it('is to answer by itself: nobody is asked, and nobody is the better or worse for it', async () => {
    const asked: never[] = [];
    const provider = fakeProvider('unasked', recording(asked));
    const client = clientWith([{ chat: own }], provider);
    expect(await whole(client)).toMatchObject({
      model: 'family',
      choices: [{ message: { content: 'mine' } }],
    });
    const answer = stream(client);
    expect(wordsOf(await collect(answer))).toBe('mine');
    expect(answer.route).toEqual([]);
    expect(answer.requestId).toBeNull();
    expect(asked).toEqual([]);
    expect(await client.health()).toEqual([]);
  });

  it('is to answer where nobody can be asked, also when the stream is awaited first', async () => {
    const client = new AsyncClient({ env: {}, provider: 'openai', use: [{ chat: own }] });
    const awaited = await client.chat.completions.create({ model: 'gpt-4o', messages: 'x', stream: true });
    expect(wordsOf(await collect(awaited))).toBe('mine');
  });

  it('is to leave what is known at once to be told when the stream is awaited', async () => {
    const client = new AsyncClient({ env: {}, provider: 'openai', use: [(_call, next) => next()] });
    const error = await failureOf(async () => {
      await client.chat.completions.create({ model: 'gpt-4o', messages: 'x', stream: true });
    });
    expect(error).toMatchObject({ code: 'no-provider' });
  });

  it('is to change parts', async () => {
    const loud: Middleware = {
      async *chat(_call, next) {
        for await (const batch of next())
          yield batch.map((event) =>
            event.type === 'text-delta' ? { ...event, text: event.text.toUpperCase() } : event,
          );
      },
    };
    expect(said(await whole(clientWith([loud])))).toBe('AB');
    expect(wordsOf(await collect(stream(clientWith([loud]))))).toBe('AB');
  });

  it('is to refuse, with an error of its own', async () => {
    const refusal = new G4FError('the budget is used up.', { code: 'payment-required' });
    const guard: Middleware = () => {
      throw refusal;
    };
    const asked: never[] = [];
    const client = clientWith([guard], fakeProvider('unasked', recording(asked)));
    expect(await failureOf(whole(client))).toBe(refusal);
    expect(await failureOf(collect(stream(client)))).toBe(refusal);
    expect(asked).toEqual([]);
  });

  it('is to let another answer in the place of one that failed', async () => {
    const rescue: Middleware = {
      async *chat(call, next) {
        try {
          yield* next();
        } catch {
          yield* own(call, next) as AsyncIterable<Batch>;
        }
      },
    };
    const client = clientWith([rescue], fakeProvider('down', failing('server')));
    expect(said(await whole(client))).toBe('mine');
    expect(await client.health()).toMatchObject([{ provider: 'down', failures: 1 }]);
  });

  it('is to stop reading: what is read no more is left', async () => {
    const signals: AbortSignal[] = [];
    const endless = fakeProvider('endless', async function* (_request, { signal }) {
      signals.push(signal);
      yield [start()];
      for (;;) yield [text('x')];
    });
    const first: Middleware = {
      async *chat(_call, next) {
        let count = 0;
        for await (const batch of next()) {
          yield batch;
          if (++count === 3) break;
        }
        yield [stop];
      },
    };
    expect(said(await whole(clientWith([first], endless)))).toBe('xxx');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe('what it may not do', () => {
  it.each<[string, Middleware, RegExp]>([
    ['throw what is no G4FError', () => Promise.reject(new TypeError('boom')), /^a middleware failed: boom/],
    [
      'call next twice',
      async (_call, next) => {
        next();
        return next();
      },
      /^a middleware called next\(\) twice/,
    ],
    ['give nothing', (() => undefined) as never, /^a middleware gave no answer/],
    [
      'answer out of order',
      {
        async *chat() {
          yield [text('x')];
        },
      },
      /^a middleware: text-delta before answer-start/,
    ],
    [
      'answer with what is no part',
      {
        async *chat() {
          yield 'words' as never;
        },
      },
      /^a middleware: a list of stream events was expected/,
    ],
    [
      'cut an answer',
      {
        async *chat() {
          yield [start(), text('x')];
        },
      },
      /^a middleware: the stream ended before/,
    ],
  ])('is to %s: that is internal, and no failure of a provider', async (_, middleware, message) => {
    const client = clientWith([middleware]);
    for (const failed of [whole(client), collect(stream(client))]) {
      const error = await failureOf(failed);
      expect(error.code).toBe('internal');
      expect(error.message).toMatch(message);
    }
    for (const { failures } of await client.health()) expect(failures).toBe(0);
  });

  it.each([
    [{ use: 'log' }, /^use must be a list of middleware/],
    [{ use: [{}] }, /^use must be a list of middleware/],
    [{ use: [{ chat: 'x' }] }, /^use must be a list of middleware/],
    [{ wrap: {} }, /^wrap must be a function/],
  ])('is to be something else: %j', (options, message) => {
    expect(() => new AsyncClient(options as never)).toThrow(message);
  });

  it.each(['use', 'wrap'])('is to come with a call: %s', async (name) => {
    const client = new AsyncClient({ env: {}, provider: ok });
    const given = { [name]: [] } as never;
    expect((await failureOf(whole(client, given))).message).toContain(
      `${name} is an option of the constructors`,
    );
    const params: WholeParams = { model: 'family', messages: 'x', ...{ [name]: [() => undefined] } };
    expect((await failureOf(client.chat.completions.create(params))).message).toMatch(
      new RegExp(`^${name} is an option of the client`),
    );
  });
});

describe('leaving', () => {
  /** Tells when it begins and ends. */
  const watched = (events: string[]): Middleware => ({
    async *chat(_call, next) {
      events.push('begins');
      try {
        yield* next();
      } finally {
        events.push('ends');
      }
    },
  });

  it('runs the finally of a middleware, in mid-answer and while it waits', async () => {
    const events: string[] = [];
    const client = clientWith([watched(events)], fakeProvider('deaf', deaf([start(), text('x')])));
    for await (const chunk of stream(client)) if (chunk.choices[0]?.delta.content) break;
    await turns();
    expect(events).toEqual(['begins', 'ends']);
    const waiting = stream(client);
    await waiting.next();
    await waiting.next();
    const read = waiting.next();
    await turns();
    waiting.abort();
    expect(await read).toEqual({ done: true, value: undefined });
    await turns();
    expect(events).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('ends a middleware that waits for something else, by the signal, the deadline and the close of the client', async () => {
    const hanging: Middleware = () => new Promise(() => undefined);
    const controller = new AbortController();
    const aborted = whole(clientWith([hanging]), { signal: controller.signal });
    await turns();
    controller.abort();
    expect((await failureOf(aborted)).code).toBe('aborted');
    const client = clientWith([hanging]);
    const closed = whole(client);
    await turns();
    client.close();
    expect((await failureOf(closed)).code).toBe('aborted');
    stopClock();
    const late = onItsClock(whole(clientWith([hanging]), { timeout: 50 }));
    expect(await failureOf(late)).toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('tells the same of a deadline that passes while a provider is read as without middleware', async () => {
    stopClock();
    const provider = fakeProvider('deaf', deaf());
    const late = (use: readonly Middleware[]): Promise<G4FError> =>
      failureOf(onItsClock(whole(clientWith(use, provider), { timeout: 50 })));
    const error = await late([(_call, next) => next()]);
    expect(error.toJSON()).toEqual((await late([])).toJSON());
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('gives nothing more after the signal, though a middleware goes on', async () => {
    const controller = new AbortController();
    const client = clientWith([
      {
        async *chat() {
          yield [start(), text('a')];
          controller.abort();
          yield [text('b'), stop];
        },
      },
    ]);
    const chunks: unknown[] = [];
    const error = await failureOf(collect(stream(client, { signal: controller.signal }), chunks as never));
    expect(error.code).toBe('aborted');
    expect(JSON.stringify(chunks)).not.toContain('"b"');
  });
});
