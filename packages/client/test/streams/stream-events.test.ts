// The events of a stream, as OpenAI's helper has them: in order, with snapshots, and never a failure in silence.
import type { Batch } from '@g4f/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { ChatStreamEvent } from '../../src/surface/chat-stream.ts';
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
  wordsOf,
} from '../fake-provider.ts';

const said: string[] = [];
vi.mock('#platform/announce', async (original) => ({
  ...(await original<object>()),
  announce: (line: string) => said.push(line),
}));
afterEach(() => {
  said.length = 0;
});

type Provided = Parameters<typeof fakeProvider>[1];
const hello = { model: 'family', messages: 'x' };
const streamOf = (chat: Provided) =>
  new AsyncClient({ provider: fakeProvider('a', chat), maxRetries: 0, env: {} }).chat.completions.stream(
    hello,
  );
const batches = (...all: Batch[]): Provided =>
  async function* () {
    yield* all;
  };

const ALL: readonly ChatStreamEvent[] = [
  'connect',
  'chunk',
  'content',
  'content.done',
  'chatCompletion',
  'message',
];
const LAST: readonly ChatStreamEvent[] = [
  'finalChatCompletion',
  'finalMessage',
  'finalContent',
  'error',
  'abort',
  'end',
];

/** What is heard of a stream, in order. */
const hear = (stream: ReturnType<typeof streamOf>): string[] => {
  const heard: string[] = [];
  for (const event of [...ALL, ...LAST]) stream.on(event, () => void heard.push(event));
  return heard;
};

describe('a stream that is listened to', () => {
  it('begins by itself, and tells everything in order', async () => {
    const stream = streamOf(saying('Hel', 'lo'));
    const heard = hear(stream);
    const contents: string[][] = [];
    stream.on('content', (delta, snapshot) => contents.push([delta, snapshot]));
    await stream.done();
    expect(contents).toEqual([
      ['Hel', 'Hel'],
      ['lo', 'Hello'],
    ]);
    expect(heard).toEqual(
      'connect chunk chunk content chunk content chunk content.done chatCompletion message finalChatCompletion finalMessage finalContent end'.split(
        ' ',
      ),
    );
  });

  it('may be looped over as well, if the loop begins at once; the listeners hear each chunk before the loop', async () => {
    const stream = streamOf(saying('Hel', 'lo'));
    const contents: string[] = [];
    stream.on('content', (_, snapshot) => contents.push(snapshot));
    const looped: string[] = [];
    for await (const chunk of stream) if (wordsOf([chunk]) !== '') looped.push(contents.at(-1) ?? '');
    expect(looped).toEqual(['Hel', 'Hello']);
    expect(await stream.finalText()).toBe('Hello');
  });

  it('a loop that comes later is told that the stream is read', async () => {
    const stream = streamOf(saying('x'));
    stream.on('content', () => undefined);
    await stream.done();
    await expect(collect(stream)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('the snapshot of a chunk is the answer so far', async () => {
    const stream = streamOf(saying('Hel', 'lo'));
    const texts: unknown[] = [];
    stream.on('chunk', (chunk, snapshot) => {
      expect([snapshot.id, snapshot.model]).toEqual([chunk.id, chunk.model]);
      texts.push(snapshot.choices[0]?.message.content);
    });
    await stream.done();
    expect(texts).toEqual([undefined, 'Hel', 'Hello', 'Hello']);
  });

  it('tool calls and refusals have events of their own', async () => {
    const call = (more: object) => ({ type: 'tool-call-delta', key: 'k', ...more }) as const;
    const stream = streamOf(
      batches(
        [start(), call({ id: 'c', name: 'add', arguments: '{"a"' })],
        [call({ arguments: ':1}' })],
        [{ type: 'aside', extra: { delta: { refusal: 'I ' } } }],
        [{ type: 'aside', extra: { delta: { refusal: 'won’t' } } }],
        [{ type: 'finish', reason: 'tool_calls' }],
      ),
    );
    const heard: unknown[] = [];
    stream
      .on('tool_calls.function.arguments.delta', (delta) => heard.push(delta))
      .on('tool_calls.function.arguments.done', (done) => heard.push(done))
      .on('functionToolCall', (done) => heard.push(done))
      .on('refusal.delta', ({ snapshot }) => heard.push(snapshot))
      .on('refusal.done', ({ refusal }) => heard.push(refusal));
    expect(await stream.finalText()).toBeNull();
    expect(heard).toEqual([
      { name: 'add', index: 0, arguments: '{"a"', arguments_delta: '{"a"' },
      { name: 'add', index: 0, arguments: '{"a":1}', arguments_delta: ':1}' },
      'I ',
      'I won’t',
      'I won’t',
      { name: 'add', index: 0, arguments: '{"a":1}' },
      { name: 'add', arguments: '{"a":1}' },
    ]);
  });

  it('once hears one, off hears none, emitted waits for the next', async () => {
    const stream = streamOf(saying('a', 'b', 'c'));
    const heard: string[] = [];
    const never = (): void => void heard.push('never');
    stream
      .once('content', (delta) => void heard.push(delta))
      .on('content', never)
      .off('content', never);
    const first = stream.emitted('content');
    const message = stream.emitted('finalMessage');
    expect([await first, (await message).content]).toEqual(['a', 'abc']);
    expect(heard).toEqual(['a']);
  });

  it('an event that there is not is refused, and one that never comes is told at the end', async () => {
    const stream = streamOf(saying('x'));
    const name: string = 'contents';
    expect(() => stream.on(name as 'content', () => undefined)).toThrow(
      /no event "contents".*content\.delta/,
    );
    await expect(stream.emitted('totalUsage')).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(stream.emitted('content')).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('the end is true as well when it is over; what comes no more is said not to come', async () => {
    const stream = streamOf(saying('x'));
    const early = stream.emitted('end');
    await stream.done();
    expect(await early).toBeUndefined();
    expect(await stream.emitted('end')).toBeUndefined();
    expect(await failureOf(stream.emitted('finalMessage'))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('no event "finalMessage" came since it was waited for'),
    });
  });

  it('100,000 chunks with snapshots are told in the time of their number', async () => {
    const pieces = Array<string>(1000).fill('word ');
    const stream = streamOf(async function* () {
      yield [start()];
      for (let at = 0; at < 100; at++) yield pieces.map(text);
      yield [stop];
    });
    let length = 0;
    let chunks = 0;
    stream.on('content', (_, snapshot) => {
      length += snapshot.length;
    });
    stream.on('chunk', () => {
      chunks += 1;
    });
    await stream.done();
    expect(chunks).toBe(100_002);
    expect(length).toBe((5 * 100_000 * 100_001) / 2);
  });
});

describe('a stream that fails', () => {
  const broken = failing('server', [start(), text('Hel')]);
  it('tells `error` and `end`', async () => {
    const stream = streamOf(broken);
    const heard = hear(stream);
    const error = stream.emitted('error');
    const failure = await failureOf(stream.done());
    expect(await error).toBe(failure);
    expect(heard.slice(-2)).toEqual(['error', 'end']);
    // As if it had been asked before.
    expect(await failureOf(stream.emitted('end'))).toBe(failure);
    expect(said).toEqual([]);
  });

  it('tells `abort` and `end` when it is aborted', async () => {
    const stream = streamOf(deaf([start(), text('Hel')]));
    const heard = hear(stream);
    await stream.emitted('content');
    stream.abort();
    expect(await failureOf(stream.done())).toMatchObject({ code: 'aborted' });
    expect(heard.slice(-2)).toEqual(['abort', 'end']);
  });

  it('is told on stderr where nobody waits for it', async () => {
    const stream = streamOf(broken);
    await new Promise<void>((end) => stream.on('end', end));
    expect(said).toEqual([expect.stringContaining('nobody waits for it: it failed by server')]);
  });

  it('what listeners of its end throw is told on stderr, and changes nothing', async () => {
    const silent = deaf([start(), text('Hel')]);
    for (const chat of [saying('x'), broken, silent]) {
      const stream = streamOf(chat);
      for (const event of ['error', 'abort', 'end'] as const)
        stream.on(event, () => {
          throw new Error(`by ${event}`);
        });
      if (chat === silent) stream.on('content', () => stream.abort());
      await stream.done().catch(() => undefined);
    }
    expect(said.join()).toMatch(/"end" threw: by end.*"error" threw: by error.*"abort" threw: by abort/);
  });

  it('what a listener throws ends the stream, and is its error', async () => {
    const mine = new Error('mine');
    let isClosed = false;
    const stream = streamOf(async function* (_, { signal }) {
      signal.addEventListener('abort', () => {
        isClosed = true;
      });
      yield [start(), text('Hel')];
      await new Promise(() => undefined);
    });
    stream.on('content', () => {
      throw mine;
    });
    await expect(stream.done()).rejects.toBe(mine);
    await expect.poll(() => isClosed).toBe(true);
  });
});
