// The law of every dialect: what it writes, our own wire for the same API reads as what it was, wherever the bytes are cut.
import type { StreamEvent } from '@g4f/core';
import type { WireName } from '@g4f/providers';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnthropicChat } from '../../src/dialects/anthropic/request.ts';
import type { ReadChat } from '../../src/dialects/dialect.ts';
import { readGeminiChat } from '../../src/dialects/gemini/request.ts';
import { readOllamaChat } from '../../src/dialects/ollama/request.ts';
import { readOpenaiChat } from '../../src/dialects/openai/chat.ts';
import { cut, essenceOf, foldOf, readBy, streamOf } from '../round-trip.ts';

const DIALECTS: readonly (readonly [WireName, ReadChat, counts: boolean])[] = [
  ['openai-chat', readOpenaiChat, true],
  ['anthropic-messages', readAnthropicChat, true],
  ['gemini', (body, asked) => readGeminiChat(body, asked, 'm', body.stream === true), true],
  // It does not tell what was read from a cache.
  ['ollama-chat', readOllamaChat, false],
];

// What stands in `<think>` is reasoning to a reader, so no text here begins with it; blanks alone before an answer say nothing.
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => `w${text.replaceAll('<', '(')}`);
const said = fc.oneof(
  words.map((text): StreamEvent => ({ type: 'text-delta', text })),
  words.map((text): StreamEvent => ({ type: 'reasoning-delta', text })),
);

/** Calls whose arguments come in pieces, mixed with each other's. */
const calls = fc
  .array(
    fc.tuple(
      fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(words, fc.integer(), fc.boolean())),
      fc.nat(20),
    ),
    { maxLength: 3 },
  )
  .chain((made) => {
    const pieces = made.map(([input, at], index): StreamEvent[] => {
      // A field of this name is none in an object that is written down as text.
      const { ['__proto__']: _, ...fields } = input;
      const text = JSON.stringify(fields);
      const key = String(index);
      return [
        {
          type: 'tool-call-delta',
          key,
          id: `call_${index}`,
          name: `tool_${index}`,
          arguments: text.slice(0, at),
        },
        { type: 'tool-call-delta', key, arguments: text.slice(at) },
      ];
    });
    return fc.boolean().map((mixed) => ({
      count: made.length,
      events: mixed
        ? [...pieces.map(([first]) => first), ...pieces.map(([, last]) => last)].flatMap((one) => one ?? [])
        : pieces.flat(),
    }));
  });

const answers = fc.record({
  said: fc.array(said, { minLength: 1, maxLength: 6 }),
  calls,
  isLong: fc.boolean(),
  prompt: fc.nat(1000),
  completion: fc.nat(1000),
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
});

type Answer = typeof answers extends fc.Arbitrary<infer T> ? T : never;

const eventsOf = ({ said, calls, isLong, prompt, completion }: Answer): StreamEvent[] => [
  { type: 'answer-start', id: 'a', model: 'm', created: 1_700_000_000 },
  ...said,
  ...calls.events,
  { type: 'finish', reason: calls.count > 0 ? 'tool_calls' : isLong ? 'length' : 'stop' },
  {
    type: 'usage',
    usage: {
      prompt_tokens: prompt + 5,
      completion_tokens: completion,
      total_tokens: prompt + completion + 5,
      prompt_tokens_details: { cached_tokens: 5 },
    },
  },
];

describe.each(DIALECTS)('%s', (wire, read, counts) => {
  it('reads what the dialect wrote, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        const events = eventsOf(answer);
        const { text, type } = streamOf(read, events);
        const heard = await readBy(wire, true, type, cut(new TextEncoder().encode(text), answer.sizes));
        const expected = essenceOf(await foldOf(events));
        expect(essenceOf(heard)).toEqual(counts ? expected : { ...expected, cached: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('reads a whole answer as what it was', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        const whole = await foldOf(eventsOf(answer));
        const asked = { requestId: 'req_1', path: {}, query: new URLSearchParams() };
        const body = read({ model: 'm', messages: [], contents: [], stream: false }, asked).whole(whole);
        const bytes = new TextEncoder().encode(JSON.stringify(body));
        const heard = await readBy(wire, false, 'application/json', [bytes]);
        expect(essenceOf(heard)).toEqual(counts ? essenceOf(whole) : { ...essenceOf(whole), cached: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('reads a stream that ends before its end as cut, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.double({ min: 0, max: 0.999, noNaN: true }), async (answer, share) => {
        const events = eventsOf(answer);
        // Before the finish reason: what follows it is no part of the answer.
        const { text, type } = streamOf(read, events.slice(0, -2));
        const ended = text.slice(0, Math.floor(share * lengthOfWords(read, events)));
        await expect(readBy(wire, true, type, [new TextEncoder().encode(ended)])).rejects.toMatchObject({
          name: 'G4FError',
        });
      }),
      { numRuns: 20 },
    );
  });

  it('reads a failure as one, after what was said', async () => {
    const call = read(
      { model: 'm', messages: [], contents: [], stream: true },
      { requestId: 'r', path: {}, query: new URLSearchParams('alt=sse') },
    );
    const failures = [
      ['rate-limit', 429],
      ['server', 503],
    ] as const;
    for (const [code, status] of failures) {
      const text = call.writer().fail({ status, code, message: 'It is too much.' });
      const reading = readBy(wire, true, call.streamType, [new TextEncoder().encode(text)]);
      await expect(reading).rejects.toMatchObject({ message: expect.stringContaining('It is too much.') });
    }
  });
});

/** How much of the stream stands before what ends it. */
function lengthOfWords(read: ReadChat, events: readonly StreamEvent[]): number {
  const { text } = streamOf(read, events.slice(0, -2));
  const { text: ending } = streamOf(read, events.slice(0, 1));
  return Math.max(0, text.length - ending.length);
}
