// When a call is given up: each deadline with its name, none of them tripped by a slow reader, no timer left.
import { createServer, type Socket } from 'node:net';
import type { G4FError, Provider } from '@g4f/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Deadlines } from '../../src/attempt/deadlines.ts';
import { settle } from '../../src/options/settings.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { onItsClock, pass, stopClock, turns } from '../clock.ts';
import { collect, deaf, failureOf, fakeProvider, start, stop, text, wordsOf } from '../fake-provider.ts';
import { type Answer, begin, chunk, type FakeService, ROLE, startService } from '../fake-service.ts';
import { watchTimers } from '../timers.ts';

const client = new AsyncClient({ env: {} });
const stream = (options: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x', stream: true }, options);

let service: FakeService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});
const serve = async (answer: Answer): Promise<string> => {
  service = await startService(answer);
  return service.url;
};
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const fails = async (options: CallOptions): Promise<G4FError> => {
  const timers = watchTimers();
  const error = await failureOf(collect(stream(options)));
  expect(timers().held).toBe(0);
  return error;
};

describe('over HTTP', () => {
  it('connect: a server that never answers the handshake', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket));
    await new Promise<void>((listening) => mute.listen(0, '127.0.0.1', listening));
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const error = await fails({ baseURL: `https://127.0.0.1:${port}/v1`, timeout: { connect: 60 } });
    expect(error).toMatchObject({ code: 'timeout', phase: 'connect', provider: 'custom', retryable: true });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('headers: a server that takes the request and is silent', async () => {
    const baseURL = await serve(() => undefined);
    const error = await fails({ baseURL, timeout: { headers: 60 } });
    expect(error).toMatchObject({ code: 'timeout', phase: 'headers' });
    expect(error.message).toBe(
      'custom: no answer within 60 ms. Try again, raise timeout.headers, or choose another provider.',
    );
  });

  it('first-content: neither comments nor a role are content', async () => {
    const baseURL = await serve((response) => {
      begin(response, ': hello\n\n', ROLE);
      const beat = setInterval(() => response.write(`: still here\n\n${ROLE}`), 5);
      response.on('close', () => clearInterval(beat));
    });
    const error = await fails({ baseURL, timeout: { firstContent: 60, idle: 20 } });
    expect(error).toMatchObject({ code: 'timeout', phase: 'first-content' });
  });

  it('idle: silence, comments or empty chunks in mid-answer', async () => {
    for (const noise of ['', ': still here\n\n', ROLE]) {
      const baseURL = await serve((response) => {
        begin(response, ROLE, chunk({ content: 'so' }));
        const beat = setInterval(() => response.write(noise), 5);
        response.on('close', () => clearInterval(beat));
      });
      const chunks: Awaited<ReturnType<typeof collect>> = [];
      const error = await failureOf(collect(stream({ baseURL, timeout: { idle: 60 } }), chunks));
      expect(error).toMatchObject({ code: 'timeout', phase: 'idle' });
      expect(chunks.length).toBeGreaterThanOrEqual(2);
      await service?.close();
    }
  });

  it('total: everything together, whoever is asked', async () => {
    const baseURL = await serve((response) => {
      begin(response, ROLE);
      const beat = setInterval(() => response.write(chunk({ content: '.' })), 5);
      response.on('close', () => clearInterval(beat));
    });
    const error = await fails({ baseURL, timeout: 80 });
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(error.message).toBe(
      'the call: the answer was not complete within 80 ms. Try again, raise timeout.total, or choose another provider.',
    );
  });
});

describe('with a provider of any kind', () => {
  it('idle is not tripped by content that keeps coming', async () => {
    stopClock();
    const provider = fakeProvider('slow', async function* () {
      yield [start()];
      for (let said = 0; said < 11; said++) {
        yield [text('.')];
        await sleep(100);
      }
      yield [stop];
    });
    const words = wordsOf(await onItsClock(collect(stream({ provider, timeout: { idle: 120 } }))));
    expect(words).toBe('.'.repeat(11));
  });

  it.each<[string, Provider['chat'], CallOptions, string]>([
    ['says nothing', deaf(), { timeout: { firstContent: 30 } }, 'first-content'],
    ['says only who it is', deaf([start()]), { timeout: { firstContent: 30 } }, 'first-content'],
    ['falls silent', deaf([start(), text('x')]), { timeout: { idle: 30 } }, 'idle'],
    ['never ends', deaf([start(), text('x')]), { timeout: 30 }, 'total'],
  ])('one that %s and ignores its signal is given up', async (_, chat, options, phase) => {
    if (chat === undefined) throw new Error('no chat');
    let signal: AbortSignal | undefined;
    const provider = fakeProvider('deaf', (request, context) => {
      signal = context.signal;
      return chat(request, context);
    });
    const error = await fails({ ...options, provider });
    expect(error).toMatchObject({ code: 'timeout', phase });
    expect(signal?.reason).toBe(error);
  });

  it('whose return() throws is given up with the same error', async () => {
    const provider = fakeProvider('rude', () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          throw new Error('no return');
        },
      }),
    }));
    const error = await fails({ provider, timeout: { firstContent: 20 } });
    expect(error).toMatchObject({ code: 'timeout', phase: 'first-content' });
  });

  it('that prepares itself has the time it needs; only the total bounds it', async () => {
    stopClock();
    const preparing = (ms: number): NonNullable<Provider['chat']> =>
      async function* (_, context) {
        context.enter('prepare');
        await sleep(ms);
        context.enter('first-content');
        yield [start(), text('ready'), stop];
      };
    const timeout = { firstContent: 30 };
    const chunks = await onItsClock(
      collect(stream({ provider: fakeProvider('slow', preparing(90)), timeout })),
    );
    expect(wordsOf(chunks)).toBe('ready');
    const provider = fakeProvider('slower', preparing(300));
    const error = await onItsClock(
      failureOf(collect(stream({ provider, timeout: { ...timeout, total: 60 } }))),
    );
    expect(error).toMatchObject({ phase: 'total' });
  });

  it('that speaks to its context after it was given up sets no timer again', async () => {
    let late: (() => void) | undefined;
    const provider = fakeProvider('late', async function* (_, context) {
      late = () => context.enter('headers');
      yield* deaf()(_, context);
    });
    const timers = watchTimers();
    await failureOf(collect(stream({ provider, timeout: { firstContent: 20 } })));
    late?.();
    expect(timers().held).toBe(0);
  });

  it('does not count what the reader takes', async () => {
    stopClock();
    const provider = fakeProvider('quick', async function* () {
      yield [start(), text('a')];
      yield [text('b')];
      yield [text('c'), stop];
    });
    const words: string[] = [];
    for await (const { choices } of stream({ provider, timeout: { idle: 30, firstContent: 30 } })) {
      words.push(choices[0]?.delta.content ?? '');
      await pass(50);
    }
    expect(words.join('')).toBe('abc');
  });

  it('a total that passes while the reader takes its time ends the next read, even of a deaf provider', async () => {
    stopClock();
    const provider = fakeProvider('deaf', deaf([start(), text('x')]));
    const chunks = stream({ provider, timeout: 40 });
    await chunks.next();
    await chunks.next();
    await pass(60);
    expect(await failureOf(chunks.next())).toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('a deadline longer than a timer can count is none', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const provider = fakeProvider('quick', async function* () {
      yield [start(), text('a')];
      await turns();
      yield [stop];
    });
    const chunks = await collect(
      stream({ provider, timeout: { total: 1e12, idle: 1e12, firstContent: 1e12 } }),
    );
    expect(wordsOf(chunks)).toBe('a');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('the waits themselves', () => {
  it('sets one timer for many waits', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const deadlines = new Deadlines('x', settle({}).limits, () => undefined);
    for (let i = 0; i < 1_000; i++) {
      await deadlines.wait(Promise.resolve(i));
      deadlines.contentCame();
    }
    expect(set.mock.calls.length).toBeLessThanOrEqual(2);
    deadlines.stop();
    set.mockRestore();
  });

  it('a failure of the provider passes as it is', async () => {
    const deadlines = new Deadlines('x', settle({}).limits, () => undefined);
    const own = new Error('own');
    await expect(deadlines.wait(Promise.reject(own))).rejects.toBe(own);
    deadlines.stop();
  });
});

describe('the process is held', () => {
  it('only as long as somebody waits, and each time anew', async () => {
    const timers = watchTimers();
    const provider = fakeProvider('slow', async function* () {
      yield [start(), text('a')];
      yield [text('b')];
      yield [text('c')];
      await new Promise(() => undefined);
    });
    const reading = stream({ provider });
    for (const _ of ['start', 'a', 'b', 'c']) {
      await reading.next();
      expect(timers().held).toBe(0);
    }
    const waited = reading.next();
    await expect.poll(() => timers().held).toBe(1);
    reading.abort();
    await waited;
  });

  it.each([
    ['while a provider prepares itself, for which it may take as long as it needs', 'prepare', {}],
    ['where there is no deadline at all', 'headers', { connect: 0, headers: 0, firstContent: 0, idle: 0 }],
  ] as const)('%s', async (_, phase, timeout) => {
    const timers = watchTimers();
    const provider = fakeProvider('slow', async function* (_request, context) {
      context.enter(phase);
      await new Promise(() => undefined);
      yield [start()];
    });
    const reading = stream({ provider, timeout });
    const waited = reading.next();
    await expect.poll(() => timers().held).toBe(1);
    reading.abort();
    await waited;
    expect(timers()).toEqual({ set: 0, held: 0 });
  });
});
