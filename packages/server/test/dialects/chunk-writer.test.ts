// The writer of OpenAI's chunks writes what stands around a text once, and the same bytes as if it did not.
import type { ChatCompletionChunk } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkWriter } from '../../src/dialects/openai/chunk-writer.ts';

type Choice = ChatCompletionChunk['choices'][number];

const eventOf = (chunk: object): string => `data: ${JSON.stringify(chunk)}\n\n`;

const chunkOf = (choices: readonly Choice[], more: object = {}): ChatCompletionChunk => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  provider: 'p',
  choices: [...choices],
  ...more,
});
const saying = (content: string, more: object = {}, index = 0): ChatCompletionChunk =>
  chunkOf([{ index, delta: { content }, finish_reason: null }], more);

/** Halves of characters as well, which stand alone or not. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom('a', '"', '\\', '\n', '\x7f', '\u2028', '\ud83d', '\ude00', '\uffff'),
    maxLength: 4,
  }),
);
const besides = fc.constantFrom<object>(
  {},
  { system_fingerprint: 'fp' },
  { system_fingerprint: null },
  { model: 'other' },
  { provider: undefined },
  { details: { a: 1 } },
);
const chunks = fc.oneof(
  fc.tuple(texts, besides, fc.nat(1)).map(([text, more, index]) => saying(text, more, index)),
  texts.map((content) => chunkOf([{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }])),
  fc.constant(chunkOf([{ index: 0, delta: {}, finish_reason: 'stop' }])),
  fc.constant(chunkOf([])),
);

describe('the chunks of a chat', () => {
  it('are written as they are, in any order', () => {
    fc.assert(
      fc.property(fc.array(chunks, { maxLength: 12 }), (list) => {
        const { write } = chunkWriter();
        expect(list.map((chunk) => write(chunk))).toEqual(list.map(eventOf));
      }),
    );
  });

  it('are not taken for the one before by fields in another order', () => {
    const { write } = chunkWriter();
    const { id, ...others } = saying('b');
    for (const chunk of [saying('a'), { ...others, id }, saying('c')])
      expect(write(chunk)).toBe(eventOf(chunk));
  });

  it('are not taken for the one before when a field is missing, or has another value', () => {
    const { write } = chunkWriter();
    const more = { system_fingerprint: 'fp' };
    const list = [more, more, {}, {}, more, more, { system_fingerprint: 'other' }];
    for (const fields of list) expect(write(saying('a', fields))).toBe(eventOf(saying('a', fields)));
  });

  it('are written with what was written into one that is given again', () => {
    const { write } = chunkWriter();
    const chunk = { ...saying('a') };
    for (const model of ['m', 'other', 'third']) {
      Object.assign(chunk, { model });
      expect(write(chunk)).toBe(eventOf(chunk));
    }
  });

  it('are written with what was written into an object that they share', () => {
    const { write } = chunkWriter();
    const shared = { a: 1 };
    const written = [1, 2, 3].map((a) => {
      shared.a = a;
      return write(saying('a', { shared }));
    });
    expect(written).toEqual([1, 2, 3].map((a) => eventOf(saying('a', { shared: { a } }))));
  });
});
