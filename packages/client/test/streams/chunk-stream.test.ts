// The stream a reader holds: every way of reading it is in order, and the reader sets the pace.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatCompletionChunk } from '@g4f/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { AsyncChunkStream } from '../../src/surface/chat-stream.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { collect, failing, fakeProvider, saying, start, stop, text, wordsOf } from '../fake-provider.ts';
import { begin, chunk, type FakeService, ROLE, say, sayHello, startService } from '../fake-service.ts';

let service: FakeService;
const client = new AsyncClient({ env: {} });
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());
beforeEach(() => {
  service.answer = sayHello;
});

const stream = (options: CallOptions = {}): AsyncChunkStream =>
  client.chat.completions.create(
    { model: 'family', messages: 'x', stream: true },
    { ...(options.provider === undefined && { baseURL: service.url }), ...options },
  );
const firstTwo = async (chunks: AsyncChunkStream): Promise<void> => {
  await chunks.next();
  await chunks.next();
};
describe('reading', () => {
  it('an abort after the end is harmless, and the connection is used again', async () => {
    const controller = new AbortController();
    const chunks = stream({ signal: controller.signal });
    expect(wordsOf(await collect(chunks))).toBe('Hello');
    controller.abort();
    chunks.abort();
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    // The end of a body, for which nobody waits, may come after the next request; not for ever.
    await expect
      .poll(async () => {
        const before = new Set(service.sockets);
        expect(wordsOf(await collect(stream()))).toBe('Hello');
        return [...service.sockets].every((socket) => before.has(socket));
      })
      .toBe(true);
  });

  it('awaiting the stream is harmless', async () => {
    expect(wordsOf(await collect(await stream()))).toBe('Hello');
  });

  it('a second loop is an error that says so, after the end, after a break, inside and beside the first', async () => {
    const twice = { code: 'invalid-request', message: expect.stringContaining('chunks come once') };
    const read = stream();
    expect(wordsOf(await collect(read))).toBe('Hello');
    await expect(collect(read)).rejects.toMatchObject(twice);
    const left = stream();
    for await (const _ of left) break;
    await expect(collect(left)).rejects.toMatchObject(twice);
    const nested = stream();
    const words: ChatCompletionChunk[] = [];
    for await (const chunk of nested) {
      words.push(chunk);
      await expect(collect(nested)).rejects.toMatchObject(twice);
    }
    expect(wordsOf(words)).toBe('Hello');
    const shared = stream();
    const [one, other] = await Promise.allSettled([collect(shared), collect(shared)]);
    expect(wordsOf(one.status === 'fulfilled' ? one.value : [])).toBe('Hello');
    expect(other).toMatchObject({ status: 'rejected', reason: twice });
  });

  it('what was begun by hand is read on by a loop', async () => {
    const chunks = stream();
    const first = await chunks.next();
    expect(wordsOf([first.value, ...(await collect(chunks))])).toBe('Hello');
    const loop = stream()[Symbol.asyncIterator]();
    await loop.next();
    await loop.next();
    const rest: ChatCompletionChunk[] = [];
    for await (const chunk of { [Symbol.asyncIterator]: () => loop }) rest.push(chunk);
    expect('Hello'.endsWith(wordsOf(rest))).toBe(true);
    expect(rest.length).toBeGreaterThan(0);
  });

  it('calls of next() that overlap are answered in their order, and none twice', async () => {
    service.answer = say('a', 'b', 'c', 'd');
    const chunks = stream();
    const steps = await Promise.all(Array.from({ length: 9 }, () => chunks.next()));
    const read = steps.filter((step) => step.done !== true).map((step): ChatCompletionChunk => step.value);
    expect(wordsOf(read)).toBe('abcd');
    expect(steps.map((step) => step.done)).toEqual([...Array(6).fill(false), true, true, true]);
  });

  it('an error comes once, what came before it was delivered, then it is over', async () => {
    const chunks = stream({ provider: fakeProvider('cut', failing('network', [start(), text('x')])) });
    const steps = await Promise.allSettled(Array.from({ length: 5 }, () => chunks.next()));
    expect(steps.map((step) => (step.status === 'rejected' ? 'error' : step.value.done))).toEqual([
      false,
      false,
      'error',
      true,
      true,
    ]);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('each chunk has its choice, and the usage stands in the last, alone only for those who asked', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const provider = fakeProvider('counts', async function* () {
      yield [start(), text('x')];
      yield [stop, { type: 'usage', usage }];
    });
    const plain = await collect(stream({ provider }));
    expect(plain.map(({ choices }) => choices.length)).toEqual([1, 1, 1]);
    expect(plain.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], usage });
    const asked = await collect(
      client.chat.completions.create({
        model: 'family',
        messages: 'x',
        stream: true,
        provider,
        stream_options: { include_usage: true },
      }),
    );
    expect(asked.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(asked.at(-2)?.usage).toBeUndefined();
    expect(asked.at(-1)).toMatchObject({ choices: [], usage });
  });

  it('a reader that stops reading stops the service', async () => {
    const written = { bytes: 0 };
    service.answer = (response) => {
      begin(response, ROLE);
      const event = chunk({ content: 'x'.repeat(16_000) });
      const pour = (): void => {
        while (!response.destroyed) {
          written.bytes += event.length;
          if (!response.write(event)) break;
        }
      };
      response.on('drain', pour);
      pour();
    };
    const chunks = stream();
    await firstTwo(chunks);
    // What the buffers on the way hold, and no more: without end it would be hundreds of megabytes by now.
    await sleep(400);
    const stalled = written.bytes;
    expect(stalled).toBeLessThan(60_000_000);
    for (let read = 0; read < 1_000; read++) await chunks.next();
    await expect.poll(() => written.bytes).toBeGreaterThan(stalled);
    chunks.abort();
  });

  it('a provider in this process is pulled as well: it makes no more than was asked for', async () => {
    const made = vi.fn();
    const provider = fakeProvider('eager', async function* () {
      yield [start(), text('0')];
      for (let word = 1; ; word++) {
        made(word);
        yield [text(String(word))];
      }
    });
    const chunks = stream({ provider });
    await firstTwo(chunks);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(made).not.toHaveBeenCalled();
    await chunks.next();
    expect(made).toHaveBeenCalledOnce();
    chunks.abort();
  });

  it('reads a long answer in order', async () => {
    const words = Array.from({ length: 5_000 }, (_, i) => `${i} `);
    const provider = fakeProvider('long', saying(...words));
    expect(wordsOf(await collect(stream({ provider })))).toBe(words.join(''));
  });
});
