// Frames that repeat each other are read without being parsed again, and never otherwise than by decoding each of them.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HttpResponse, StreamEvent } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { PayloadReader } from '../../../src/http/reading/payload-reader.ts';
import { SseDecoder } from '../../../src/http/reading/sse.ts';
import type { WireDecoder } from '../../../src/http/reading/wire-decoder.ts';
import { createAnthropicDecoder } from '../../../src/wires/anthropic-messages/decoder.ts';
import { createDecoder } from '../../../src/wires/openai-chat/chat-decoder.ts';

const asked = { provider: 'acme', model: 'm', url: 'https://acme.test/v1/chat/completions' };
const response: HttpResponse = {
  status: 200,
  headers: {},
  body: (async function* () {})(),
  release: () => undefined,
};
const openai = (): WireDecoder => createDecoder({ model: 'm', messages: [], stream: true, n: 2 }, asked, {});
const anthropic = (): WireDecoder =>
  createAnthropicDecoder({ model: 'm', messages: [], stream: true }, asked, {});

/** All events of a stream that comes in these pieces, and what it ended with. */
const eventsOf = (pieces: readonly Uint8Array[], decoder: WireDecoder): unknown[] => {
  const events: StreamEvent[] = [];
  const payloads = new PayloadReader({ frames: new SseDecoder('acme'), decoder, response, asked });
  let failure: unknown;
  try {
    for (const piece of pieces) if (!payloads.isComplete) payloads.push(piece, events);
    if (!payloads.isComplete) payloads.end(events);
    decoder.close(events);
  } catch (error) {
    failure = error instanceof Error ? error.message : error;
    decoder.abandon(events);
  }
  return [...events, failure];
};

/** The same decoder, which does not say where its payloads hold their text. */
const plain = (decoder: WireDecoder): WireDecoder => ({
  expected: decoder.expected,
  payload: (...given) => decoder.payload(...given),
  whole: (...given) => decoder.whole(...given),
  isEnd: (data) => decoder.isEnd?.(data) ?? false,
  finished: () => decoder.finished(),
  close: (events) => decoder.close(events),
  abandon: (events) => decoder.abandon(events),
});

const bytesOf = (frames: readonly string[]): Buffer => Buffer.from(frames.join(''));
const cutAt = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.map((to, index) => bytes.subarray(places[index - 1] ?? 0, to));
};

const payload = (content: string, id = 'x'): string =>
  JSON.stringify({ id, model: 'm', fp: 'y', choices: [{ index: 0, delta: { content }, logprobs: null }] });
const frame = (data: string): string => `data: ${data}\n\n`;
const said = (content: string, id?: string): string => frame(payload(content, id));
const FINISH = frame('{"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}');

const agree = (frames: readonly string[], cuts: readonly number[] = [], wire = openai): void => {
  const bytes = bytesOf(frames);
  const expected = eventsOf([bytes], plain(wire()));
  expect(eventsOf(cutAt(bytes, cuts), wire())).toEqual(expected);
};

/** How many payloads of this stream were parsed. */
const timesParsed = (frames: readonly string[], wire = openai): number => {
  const json = vi.spyOn(JSON, 'parse');
  eventsOf([bytesOf(frames)], wire());
  const { length } = json.mock.calls;
  json.mockRestore();
  return length;
};

const WORDS = Array.from({ length: 40 }, (_, i) => ` word${i}`);

describe('a stream whose payloads differ only in their text', () => {
  // The start is an event of its own; the next gives the frame, the third fits it, which is proven twice.
  const BEFORE = 5;

  it('is parsed until that is proven, and read from then on', () => {
    const frames = WORDS.map((word) => said(word));
    expect(timesParsed(frames)).toBe(BEFORE);
    agree(frames);
  });

  it('is parsed again only where a text is not plain', () => {
    const frames = [...WORDS.slice(0, 20), 'a "quote"', ...WORDS.slice(20), 'a\nline', ...WORDS].map((word) =>
      said(word),
    );
    // Each of them, and whether what stands in the place of the text is that text alone.
    expect(timesParsed(frames)).toBe(BEFORE + 2 * 2);
    agree(frames);
  });

  it('may name its events, and have texts of any length', () => {
    const delta = (text: string): string =>
      `event: content_block_delta\r\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })}\r\n\r\n`;
    const frames = [
      `event: message_start\r\ndata: {"type":"message_start","message":{"id":"a","model":"m"}}\r\n\r\n`,
      `event: content_block_start\r\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\r\n\r\n`,
      ...WORDS.map(delta),
      ...WORDS.map((word) => delta(word.repeat(9))),
      `event: content_block_stop\r\ndata: {"type":"content_block_stop","index":0}\r\n\r\n`,
      ...WORDS.map(delta),
      `event: message_delta\r\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\r\n\r\n`,
      `event: message_stop\r\ndata: {"type":"message_stop"}\r\n\r\n`,
    ];
    expect(timesParsed(frames, anthropic)).toBeLessThan(12 + WORDS.length);
    agree(frames, [], anthropic);
  });
});

describe('what is kept of a stream', () => {
  it('is its texts, and not the reads that they were cut from', () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const words = Array.from({ length: 400 }, (_, i) => said(` a longer word ${i}`));
    const reads = Array.from({ length: 300 }, () => bytesOf(words));
    collect();
    const before = process.memoryUsage().heapUsed;
    const payloads = new PayloadReader({
      frames: new SseDecoder('acme'),
      decoder: openai(),
      response,
      asked,
    });
    const kept = reads.map((bytes) => {
      const events: StreamEvent[] = [];
      payloads.push(bytes, events);
      return events.at(-1);
    });
    collect();
    const grown = process.memoryUsage().heapUsed - before;
    expect(kept.at(-1)).toMatchObject({ text: ' a longer word 399' });
    // The reads are 48 KB each.
    expect(grown).toBeLessThan(3_000_000);
  });
});

describe('a stream whose payloads have fields that vary', () => {
  const VARYING = Array.from({ length: 50 }, (_, i) => said(` v${i}`, `id-${i}`));

  it('is parsed payload by payload, and soon not looked at any more', () => {
    const repeated = WORDS.map((word) => said(word));
    expect(timesParsed([...VARYING, ...repeated])).toBe(VARYING.length + repeated.length);
    agree([...VARYING, ...repeated]);
  });

  it('is not given up for what carries no text', () => {
    const thoughts = Array.from({ length: 50 }, (_, i) =>
      frame(JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { reasoning: `r${i}` } }] })),
    );
    const repeated = WORDS.map((word) => said(word));
    expect(timesParsed([...thoughts, ...repeated])).toBeLessThan(thoughts.length + 5);
    agree([...thoughts, ...repeated]);
  });
});

describe('agrees with decoding every payload', () => {
  const a = WORDS.slice(0, 5).map((word) => said(word));
  it.each([
    ['a quote in the text', [...a, said('say "hi"'), ...a]],
    ['an escape', [...a, said('\n'), said('\\'), ...a]],
    ['a control character, which is no JSON', [...a, said('b').replace('"b"', '"\u0001"'), ...a]],
    ['an empty text', [...a, said(''), ...a]],
    ['a tag, and what is inside it', [...a, said('<think>'), ...a, said('</think>'), ...a]],
    ['half a tag', [...a, said('<thi'), said('nk>'), ...a, said('</think'), said('>'), ...a]],
    ['a tag inside code', [...a, said('`'), ...a, said('<think>'), ...a, said('`'), said('<think>'), ...a]],
    ['another field', [...a, said('b', 'y'), said('c', 'y'), said('d', 'y'), said('e', 'y')]],
    ['half a payload', [...a, frame(payload('b').slice(0, -3)), ...a]],
    ['a long text', [...a, said('x'.repeat(50)), ...a]],
    ['something else in between', [...a, frame('[]'), frame('{}'), ': hi\n\n', ...a, '\n\n', ...a]],
    ['an event of another name', [...a, `event: x\n${said('b')}`, ...a]],
    ['a failure', [...a, frame('{"error":{"message":"no"}}'), ...a]],
    ['a failure by its name', [...a, `event: error\n${said('b')}`, ...a]],
    ['the end', [...a, FINISH, frame('[DONE]'), ...a]],
    ['words after the end', [...a, FINISH, ...a, FINISH]],
    ['a payload of two lines', [...a, ...a.map((one) => one.replace(',"model"', ',\ndata: "model"')), ...a]],
    ['an injected field', [...a, said('b').replace('"b"', '"b","c":1'), ...a]],
    ['a string that is injected', [...a, said('b').replace('"b"', '"b","c":"d"'), ...a]],
    [
      'a finish in the place of the text',
      [...a, said('b').replace('"b"', '"b"},"finish_reason":"stop","stop":{"by":"eos"'), ...a],
    ],
    [
      'a finish in the place of the text, where all else fits',
      [
        ...['z', 'a', 'b', 'c'].map((text) =>
          frame(`{"choices":[{"index":0,"delta":{"content":"${text}"}}]}`),
        ),
        frame('{"choices":[{"index":0,"delta":{"content":"d"},"finish_reason":"stop","stop":{"by":"eos"}}]}'),
        frame('{"choices":[{"index":0,"delta":{"content":"e"}}]}'),
      ],
    ],
    ['half a tag, and half a tag', [...a, said('<'), said('<'), ...a]],
    [
      'a comment that looks like it',
      [...a, `: ${payload('x')}\n${said('b')}`, `: ${payload('x')}\n${said('c')}`, ...a],
    ],
    [
      'a text that stands elsewhere as well',
      ['z', 'a', 'a', 'b', 'c', 'd', 'e'].map((text) =>
        frame(`{"x":{"content":"a"},"choices":[{"delta":{"content":"${text}"}}]}`),
      ),
    ],
    [
      'the same key twice',
      ['z', 'a', 'a', 'b', 'c', 'd', 'e'].map((text) =>
        frame(`{"choices":[{"delta":{"content":"${text}","content":"a"}}]}`),
      ),
    ],
    [
      'the same key twice, with the text of the proof',
      ['z', 'proof', 'proof', 'b', 'c', 'd', 'e'].map((text) =>
        frame(`{"choices":[{"delta":{"content":"${text}","content":"proof"}}]}`),
      ),
    ],
    [
      'white space after the colon',
      ['a', 'b', 'c', 'd', 'e'].map((text) => frame(`{"choices": [{"delta": {"content": "${text}"}}]}`)),
    ],
  ])('on %s', (_, frames) => {
    agree(frames);
    agree(frames, [40, 41, 333, 700]);
    // Each line in a read of its own, and two reads that meet between lines.
    const text = frames.join('');
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => Buffer.byteLength(text.slice(0, index + 1)));
    agree(frames, ends);
    for (const end of ends) agree(frames, [end]);
  });

  it('on any stream, whole or with any character changed, cut anywhere', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 16 }),
      fc.constantFrom(...WORDS),
      fc.constantFrom('', '"', '\\', 'a","b', '\u2028', '😀', '<think>', '</think>', '<', '`', '\n'),
    );
    const choice = fc.record(
      {
        index: fc.constantFrom(0, 0, 0, 1),
        delta: fc.record({ content: text }, { requiredKeys: ['content'] }),
        finish_reason: fc.constantFrom(null, null, null, null, 'stop'),
      },
      { requiredKeys: ['index', 'delta'] },
    );
    const whole = fc
      .record({
        id: fc.constantFrom('x', 'x', 'x', 'y'),
        fp: fc.constantFrom('a', 'a', 'b'),
        choices: fc.array(choice, { minLength: 0, maxLength: 2 }),
      })
      .map((json) => frame(JSON.stringify(json)));
    const repeated = text.map((content) => said(content));
    const changed = fc
      .tuple(repeated, fc.nat(100), fc.constantFrom('', '"', '\\', '{', '}', ',', 'a', '\n', '\r', 'content'))
      .map(([data, at, by]) => data.slice(0, at) + by + data.slice(at + 1));
    const any = fc.oneof({ weight: 20, arbitrary: repeated }, whole, changed);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 6 }), (frames, cuts) =>
        agree(frames, cuts),
      ),
      { numRuns: 2000 },
    );
  });
});
