// How long an answer that has finished is waited for, and how its body is let go of, on a clock of the test's own.
import { type Batch, G4FError, type HttpResponse, type StreamEvent } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Answer } from '../../../src/http/reading/answer.ts';
import { BodyQueue } from '../../../src/http/transport/body.ts';
import { createDecoder } from '../../../src/wires/openai-chat/chat-decoder.ts';
import { cpuMs } from '../service.ts';

const asked = { provider: 'acme', model: 'm', url: 'https://acme.test/v1/chat/completions' };
const FINISHED = 'data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\n';
const PIECE = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n';

/** A body that says `first`, and then `again` every `ms` for ever. */
const bodyOf = (first: string, again: string, ms: number) => {
  const calls: string[] = [];
  let at = 0;
  const body: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => body,
    async next() {
      if (at++ === 0) return { done: false, value: Buffer.from(first) };
      await new Promise((resolve) => setTimeout(resolve, ms));
      return { done: false, value: Buffer.from(again) };
    },
    async return() {
      calls.push('return');
      return { done: true, value: undefined };
    },
  };
  const release = (): void => void calls.push('release');
  const response: HttpResponse = {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body,
    release,
  };
  return { response, calls };
};

const read = async (response: HttpResponse): Promise<number> => {
  const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
  const since = performance.now();
  for await (const _ of new Answer(response, decoder, asked));
  return performance.now() - since;
};

describe('after every finish reason', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('nothing is waited for where a deadline of the call leaves no time: the answer is a good one', async () => {
    const { response } = bodyOf(FINISHED, '', 60_000);
    const reading = read({ ...response, leftMs: () => 0 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await reading).toBe(0);
  });

  it.each([
    ['silence', '', 60_000, 2000],
    ['comments, which are no silence, but end as well', ': hi\n\n', 100, 10_000],
    ['pieces of a payload that never ends', 'x', 1000, 10_000],
    ['payloads that come more slowly', 'data: {}\n\n', 3000, 2000],
    ['pings, which are no silence, but end as well', 'data: {"type":"ping"}\n\n', 100, 10_000],
  ])('%s is waited for, and then no more', async (_name, again, every, ms) => {
    const { response, calls } = bodyOf(FINISHED, again, every);
    const reading = read(response);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await reading).toBe(ms);
    expect(calls).toEqual(['release', 'return']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for a read that never ends when it leaves', async () => {
    async function* never(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(FINISHED);
      await new Promise(() => undefined);
    }
    const release = vi.fn();
    const reading = read({ status: 200, headers: {}, body: never(), release });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await reading).toBe(2000);
    expect(release).toHaveBeenCalledOnce();
  });
});

describe('reads that overlap', () => {
  it('are answered in their order, from a body that is read by one of them at a time', async () => {
    let isReading = false;
    const words = ['one', 'two', 'three'];
    const body: AsyncIterableIterator<Uint8Array> = {
      [Symbol.asyncIterator]: () => body,
      async next() {
        expect(isReading).toBe(false);
        isReading = true;
        await Promise.resolve();
        isReading = false;
        const word = words.shift();
        if (word === undefined) return { done: true, value: undefined };
        return { done: false, value: Buffer.from(PIECE.replace('"a"', `"${word}"`)) };
      },
    };
    const response: HttpResponse = { status: 200, headers: {}, body, release: () => undefined };
    const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
    const answer = new Answer(response, decoder, asked);
    const reads = await Promise.all([answer.next(), answer.next(), answer.next()]);
    const heard = reads.map(({ value }) => value?.at(-1));
    expect(heard).toMatchObject([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
    await expect(answer.next()).rejects.toMatchObject({ code: 'stream-truncated' });
    expect(await answer.next()).toEqual({ done: true, value: undefined });
  });
});

describe('what has come at once', () => {
  const pieceOf = (events: string): Uint8Array => Buffer.from(`:${' '.repeat(17_000)}\n${events}`);
  const open = (...pieces: string[]) => {
    const queue = new BodyQueue({ pause() {}, resume() {}, abort() {} }, () => undefined);
    for (const events of pieces) queue.push(pieceOf(events));
    queue.end();
    const response: HttpResponse = {
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: queue,
      release: () => queue.release(),
    };
    const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
    return new Answer(response, decoder, asked);
  };

  it('is one batch, but for the beginning', async () => {
    const answer = open(PIECE, PIECE, PIECE, FINISHED);
    const batches: Batch[] = [];
    for await (const batch of answer) batches.push(batch);
    expect(batches.map((batch) => batch.map(({ type }) => type))).toEqual([
      ['answer-start', 'text-delta'],
      ['text-delta', 'text-delta', 'text-delta'],
      ['finish'],
    ]);
  });

  it('is not read on after the end', async () => {
    const answer = open(PIECE, `${FINISHED}data: [DONE]\n\n`, PIECE, FINISHED);
    const events: string[] = [];
    for await (const batch of answer) events.push(...batch.map(({ type }) => type));
    expect(events).toEqual(['answer-start', 'text-delta', 'text-delta', 'finish']);
  });
});

describe('a body', () => {
  it('is left, not released, when the reader breaks', async () => {
    const { response, calls } = bodyOf(PIECE, PIECE, 1);
    const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
    for await (const _ of new Answer(response, decoder, asked)) break;
    expect(calls).toEqual(['return']);
  });

  it('is left, not released, when the service fails in it', async () => {
    const { response, calls } = bodyOf(`${PIECE}data: {"error":"no"}\n\n`, '', 1);
    const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
    const batches: Batch[] = [];
    await expect(async () => {
      for await (const batch of new Answer(response, decoder, asked)) batches.push(batch);
    }).rejects.toThrow(G4FError);
    expect(batches.flat().map(({ type }) => type)).toEqual(['answer-start', 'text-delta']);
    expect(calls).toEqual(['return']);
  });

  it('that is no stream has a limit of 16 MiB', async () => {
    const block = Buffer.alloc(8 * 1024 * 1024, ' ');
    async function* blocks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"choices":');
      for (;;) yield block;
    }
    const reading = read({ status: 200, headers: {}, body: blocks(), release: () => undefined });
    await expect(reading).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('larger than the limit of 16 MiB'),
    });
  });

  it.each<[string, string, string, string]>([
    ['blanks before its JSON', '', ' ', 'larger than the limit of 16 MiB'],
    ['comments', PIECE, `: ${'nothing '.repeat(1000)}\n`, 'limit of 32 MiB'],
    ['empty events', PIECE, `data:${' '.repeat(10_000)}\n\n`, 'limit of 32 MiB'],
    ['events that say nothing', PIECE, `data: {"choices":[${' '.repeat(10_000)}]}\n\n`, 'limit of 32 MiB'],
  ])('is not read on for ever for the sake of %s', async (_case, first, again, message) => {
    const block = Buffer.from(again.repeat(Math.ceil(1_000_000 / again.length)));
    let bytes = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      if (first !== '') yield Buffer.from(first);
      for (; bytes < 50_000_000; bytes += block.length) yield block;
    }
    const reading = read({ status: 200, headers: {}, body: body(), release: () => undefined });
    await expect(reading).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining(message),
    });
    expect(bytes).toBeLessThan(40_000_000);
  });

  it('may keep its connection alive for as long as it likes, if it says something now and then', async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 4; count++) {
        for (let block = 0; block < 10; block++) yield Buffer.from(`: ${'nothing '.repeat(100_000)}\n`);
        yield Buffer.from(PIECE);
      }
      yield Buffer.from(FINISHED);
    }
    expect(await read({ status: 200, headers: {}, body: body(), release: () => undefined })).toBeGreaterThan(
      4,
    );
  });

  it('of a stream is read in linear time, whatever it begins with', async () => {
    async function* blanks(many: number): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < many; count++) yield Buffer.alloc(100, '\n');
      yield Buffer.from(FINISHED);
    }
    const work = (many: number): Promise<number> =>
      cpuMs(() => read({ status: 200, headers: {}, body: blanks(many), release: () => undefined }));
    await work(2500);
    const one = Math.max(await work(2500), 5);
    // Quadratic would be 64 times.
    expect(Math.min(await work(20_000), await work(20_000))).toBeLessThan(one * 24);
  });
});

describe('a finish reason', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const says = (content: string, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`;
  const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } })}\n\n`;

  /** What is heard of pieces that come `every` ms, until the body breaks, if it does, or stays open for ever. */
  const hear = async (pieces: readonly string[], every: number, breaks = false) => {
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const piece of pieces) {
        yield Buffer.from(piece);
        await new Promise((resolve) => setTimeout(resolve, every));
      }
      if (breaks) throw new G4FError('acme: the connection broke.', { code: 'network' });
      await new Promise(() => undefined);
    }
    const heard: StreamEvent[] = [];
    const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, {});
    const response = { status: 200, headers: {}, body: body(), release: () => undefined };
    let end: unknown = 'open';
    (async () => {
      for await (const batch of new Answer(response, decoder, asked)) heard.push(...batch);
    })().then(
      () => {
        end = 'complete';
      },
      (error: unknown) => {
        end = error;
      },
    );
    await vi.advanceTimersByTimeAsync(60_000);
    const text = heard.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
    return { text, end, usage: heard.some(({ type }) => type === 'usage') };
  };

  it('is no end while nothing has been said', async () => {
    const pieces = [says('', 'stop'), says('Hel'), says('lo'), says('', 'stop'), 'data: [DONE]\n\n'];
    expect(await hear(pieces, 3000)).toMatchObject({ text: 'Hello', end: 'complete' });
    expect(await hear([says('', 'stop')], 3000)).toMatchObject({ text: '', end: 'open' });
  });

  it('that was followed by content is not believed again', async () => {
    const pieces = [says('Hel', 'stop'), says('lo', 'stop')];
    expect(await hear(pieces, 1000)).toMatchObject({ text: 'Hello', end: 'open' });
    expect(await hear([pieces.join('')], 1000)).toMatchObject({ text: 'Hello', end: 'open' });
    expect(await hear([...pieces, says(', you', 'stop'), 'data: [DONE]\n\n'], 1900)).toMatchObject({
      text: 'Hello, you',
      end: 'complete',
    });
    const broken = await hear([...pieces], 1000, true);
    expect(broken).toMatchObject({ text: 'Hello', end: { code: 'network' } });
  });

  it('after content leaves time for usage that comes in small pieces', async () => {
    const drops = USAGE.match(/.{1,10}|\n/gs) ?? [];
    expect(drops.length * 300).toBeGreaterThan(2000);
    expect(await hear([says('Hello', 'stop'), ...drops], 300)).toEqual({
      text: 'Hello',
      end: 'complete',
      usage: true,
    });
  });
});
