// Client gives what AsyncClient gives, but by blocking: against a service in another thread.
import { type ChatCompletionChunk, G4FError } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { blockFor, busyUntil, type Service, startService } from './sync/service.ts';

let service: Service;
let client: Client;

beforeAll(async () => {
  service = await startService();
  client = new Client({ baseURL: service.url });
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const ask = (model: string, more: object = {}) =>
  client.chat.completions.create({ model, messages: 'hello', stream: true, ...more });
const textOf = (chunks: Iterable<ChatCompletionChunk>): string =>
  [...chunks].map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
const failure = (doIt: () => unknown): G4FError => {
  try {
    doIt();
  } catch (error) {
    if (error instanceof G4FError) return error;
    throw error;
  }
  throw new Error('it did not throw');
};

describe('answers', () => {
  it('are streamed once: a second loop is an error that says so', () => {
    const chunks = ask('m');
    const twice = { code: 'invalid-request', message: expect.stringContaining('chunks come once') };
    let count = 0;
    for (const _ of chunks) {
      count += 1;
      expect(failure(() => textOf(chunks))).toMatchObject(twice);
    }
    expect(count).toBeGreaterThan(3);
    expect(failure(() => textOf(chunks))).toMatchObject(twice);
    const begun = ask('m');
    expect(begun.next().done).toBe(false);
    expect([...begun].length).toBe(count - 1);
  });

  it('streams the same chunks as AsyncClient', async () => {
    const chunks: unknown[] = [];
    for await (const chunk of new AsyncClient({ baseURL: service.url }).chat.completions.create({
      model: 'm',
      messages: 'hello',
      stream: true,
    })) {
      chunks.push(chunk);
    }
    expect([...ask('m')]).toEqual(chunks);
    expect(chunks.length).toBeGreaterThan(3);
  });

  it('gives a whole answer and the list of models as plain return values', () => {
    const answer = client.chat.completions.create({ model: 'm', messages: 'hello' });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'hello' }, finish_reason: 'stop' });
    expect(client.models.list().data).toMatchObject([{ id: 'm1', retrieved: expect.stringMatching(/Z$/) }]);
  });

  it('carries one event of 8 MiB', () => {
    expect(textOf(ask('huge', { pieces: 1 })).length).toBe(4 * 1024 * 1024 + 'piece 0 '.length);
  });

  it('hands out each chunk when it arrives', () => {
    // The service sends a piece when the one before has been handed out: what held one back would wait for ever.
    let pieces = 0;
    service.allow(1);
    for (const chunk of ask('m', { pieces: 4, waits: true })) {
      if (!chunk.choices[0]?.delta.content) continue;
      pieces += 1;
      service.allow(pieces + 1);
    }
    expect(pieces).toBe(4);
  });

  it('sends what the parameters were when create was called, and nothing before the first chunk is asked for', () => {
    const before = service.requests;
    const stream = ask('m');
    blockFor(50);
    expect(service.requests).toBe(before);
    stream.next();
    stream.abort();
    expect(service.requests).toBe(before + 1);
  });

  it('serves two clients and many streams at once, one of them left standing', () => {
    using other = new Client({ baseURL: service.url });
    const stalled = ask('endless');
    stalled.next();
    const streams = Array.from({ length: 12 }, (_, at) =>
      (at % 2 ? other : client).chat.completions.create({
        model: 'm',
        messages: 'x',
        stream: true,
        extraBody: { pieces: 20 },
      }),
    );
    const counts = streams.map(() => 0);
    for (let open = streams.length; open > 0; ) {
      open = 0;
      for (const [at, stream] of streams.entries()) {
        if (stream.next().done) continue;
        open += 1;
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
    expect(new Set(counts)).toEqual(new Set([22]));
    expect(stalled.next().done).toBe(false);
    stalled.abort();
  });
});

describe('leaving', () => {
  const leavings: [string, () => void][] = [
    [
      'break',
      () => {
        for (const _ of ask('endless')) break;
      },
    ],
    [
      'an error in the loop',
      () => {
        try {
          for (const _ of ask('endless')) throw new Error('mine');
        } catch {}
      },
    ],
    [
      'abort()',
      () => {
        const stream = ask('endless');
        stream.next();
        stream.abort();
        expect(stream.next().done).toBe(true);
      },
    ],
    [
      'using',
      () => {
        using stream = ask('endless');
        stream.next();
      },
    ],
    [
      'break after the buffer was full',
      () => {
        const stream = ask('endless');
        stream.next();
        blockFor(300);
        stream.return?.();
      },
    ],
    [
      'close() of the client',
      () => {
        const mine = new Client({ baseURL: service.url });
        mine.chat.completions.create({ model: 'endless', messages: 'x', stream: true }).next();
        mine.close();
      },
    ],
    [
      'a signal that has fired',
      () => {
        const controller = new AbortController();
        const stream = ask('endless', { signal: controller.signal });
        stream.next();
        controller.abort(new Error('enough'));
        expect(failure(() => stream.next())).toMatchObject({ code: 'aborted', cause: { message: 'enough' } });
      },
    ],
  ];

  it.each(leavings)('%s closes the connection although this thread stays busy', (_way, leave) => {
    const before = service.left;
    leave();
    // Without an abort it is never; how soon, `npm run faults` measures.
    busyUntil(() => service.left > before);
  });

  it('leaves the other clients alone', () => {
    const stream = ask('m', { pieces: 3 });
    stream.next();
    const other = new Client({ baseURL: service.url });
    other.chat.completions.create({ model: 'm', messages: 'x' });
    other.close();
    expect(textOf(stream)).toBe('piece 0 piece 1 piece 2 ');
    expect(failure(() => other.models.list())).toMatchObject({ code: 'invalid-request' });
  });

  it('sends nothing when the signal has fired before', () => {
    const before = service.requests;
    const signal = AbortSignal.abort();
    expect(failure(() => ask('m', { signal }).next()).code).toBe('aborted');
    expect(failure(() => client.models.list({ signal })).code).toBe('aborted');
    expect(service.requests).toBe(before);
  });
});

describe('memory', () => {
  it('stays flat while the reader of an endless answer sleeps: the service is made to wait', () => {
    const stream = ask('endless');
    stream.next();
    const before = process.memoryUsage().rss;
    // What fits into the sockets' buffers and the ring is sent; without end it would be hundreds of megabytes by now.
    blockFor(1_000);
    expect(service.kilobytesSent).toBeLessThan(60_000);
    for (let at = 0; at < 20_000; at++) stream.next();
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
    stream.abort();
  });

  it('does not grow over 500 calls', () => {
    const call = (): void => {
      for (const _ of ask('m', { pieces: 2 }));
    };
    for (let at = 0; at < 100; at++) call();
    const before = process.memoryUsage();
    for (let at = 0; at < 500; at++) call();
    const after = process.memoryUsage();
    expect(after.rss - before.rss).toBeLessThan(40 * 1024 * 1024);
    // Rings: 500 of them would be 128 MB.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(4 * 1024 * 1024);
    expect(process.listenerCount('exit')).toBeLessThan(10);
  });
});
