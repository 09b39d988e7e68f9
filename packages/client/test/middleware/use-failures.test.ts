// `use`: what a middleware may not do, what becomes of its failures, and how it is left.
import type { Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import type { Middleware } from '../../src/surface/middleware.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { onItsClock, pass, stopClock, turns } from '../clock.ts';
import {
  collect,
  deaf,
  failing,
  failureOf,
  fakeProvider,
  saying,
  start,
  stop,
  text,
} from '../fake-provider.ts';

const ok = fakeProvider('ok', saying('a', 'b'));
const clientWith = (use: readonly Middleware[], provider: Provider = ok, more: object = {}) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use, ...more });
const whole = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x' }, options);
const stream = (client: AsyncClient, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x', stream: true }, options);
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
    [{ use: 'log' }, /^use must be a list of middleware; it is "log"\.$/],
    [
      { use: [1] },
      /^use\[0\] must be a function, or an object of functions by operation, such as \{ chat \}; it is 1\.$/,
    ],
    [{ use: [() => undefined, {}] }, /^use\[1\] must be a function, .*; it is an object\.$/],
    [{ use: [{ chat: 'x' }] }, /^use\[0\] must be a function/],
    [{ use: Object.assign([], { length: 3 }) }, /^use\[0\] must be a function, .*; it is undefined\.$/],
    [{ wrap: {} }, /^wrap must be a function that takes a provider and gives one; it is an object\.$/],
    [
      { wrap: [(one: unknown) => one, null] },
      /^wrap\[1\] must be a function that takes a provider .*; it is null\.$/,
    ],
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

  it('tells who was asked when the deadline passes while a provider is read', async () => {
    stopClock();
    const providers = [fakeProvider('down', failing('server')), fakeProvider('deaf', deaf())];
    const client = new AsyncClient({
      env: {},
      provider: providers,
      maxRetries: 0,
      use: [(_call, next) => next()],
    });
    const error = await failureOf(onItsClock(whole(client, { timeout: 50 })));
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(error.attempts?.map(({ provider }) => provider)).toEqual(['down', 'deaf']);
  });

  it('gives nothing more after the deadline, though a middleware answers by itself', async () => {
    stopClock();
    const own: Middleware = {
      async *chat() {
        yield [start(), text('a')];
        yield [text('b'), stop];
      },
    };
    const answer = stream(clientWith([own]), { timeout: 5000 });
    const first = await Promise.all([answer.next(), answer.next()]);
    expect(first.map(({ value }) => value?.choices[0]?.delta.content)).toEqual(['', 'a']);
    await pass(5001);
    expect(await failureOf(answer.next())).toMatchObject({ code: 'timeout', phase: 'total' });
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
