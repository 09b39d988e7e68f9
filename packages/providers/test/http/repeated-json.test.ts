// The parser of repeated payloads: faster than JSON.parse, and never of another opinion.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createRepeatParser, type TextSlot } from '../../src/http/repeated-json.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const slotOf = (json: unknown): TextSlot | undefined => {
  const delta = isObject(json) ? json.delta : undefined;
  return isObject(delta) && typeof delta.content === 'string'
    ? { object: delta, name: 'content' }
    : undefined;
};

const plainParse = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};

/** What the parser makes of each payload; copied, because a value may be used again for the next. */
const parseAll = (payloads: readonly string[]): unknown[] => {
  const parse = createRepeatParser(slotOf);
  return payloads.map((data) => structuredClone(parse(data)));
};

const payload = (content: string, id = 'x'): string => JSON.stringify({ id, delta: { content }, n: 1 });

describe('a stream whose payloads differ only in their text', () => {
  it('is parsed once, and read from then on', () => {
    const payloads = ['Hel', 'lo', ' world', '!'].map((text) => payload(text));
    const json = vi.spyOn(JSON, 'parse');
    const values = createRepeatParser(slotOf);
    const texts = payloads.map((data) => slotOf(values(data))?.object.content);
    // The first payload, and the proof when the second one fits.
    expect(json).toHaveBeenCalledTimes(2);
    json.mockRestore();
    expect(texts).toEqual(['Hel', 'lo', ' world', '!']);
  });
});

describe('a stream whose payloads have fields that vary', () => {
  const VARYING = Array.from({ length: 50 }, (_, i) => payload(`v${i}`, `id-${i}`));
  const timesParsed = (payloads: readonly string[]): number => {
    const json = vi.spyOn(JSON, 'parse');
    const parse = createRepeatParser(slotOf);
    for (const data of payloads) parse(data);
    const { length } = json.mock.calls;
    json.mockRestore();
    return length;
  };

  it('is parsed payload by payload, and soon not looked at any more', () => {
    const repeated = ['a', 'b', 'c', 'd'].map((text) => payload(text));
    expect(timesParsed([...VARYING, ...repeated])).toBe(54);
    expect(parseAll([...VARYING, ...repeated])).toEqual([...VARYING, ...repeated].map(plainParse));
  });

  it('is not given up for what carries no text', () => {
    const thoughts = Array.from({ length: 50 }, (_, i) => JSON.stringify({ delta: { reasoning: `r${i}` } }));
    const repeated = ['a', 'b', 'c', 'd'].map((text) => payload(text));
    // Each thought, the first text, and the proof when the second one fits.
    expect(timesParsed([...thoughts, ...repeated])).toBe(52);
  });
});

describe('agrees with JSON.parse', () => {
  it.each([
    ['a quote in the text', [payload('a'), payload('say "hi"'), payload('b')]],
    ['an escape', [payload('a'), payload('\n'), payload('\\'), payload('b')]],
    [
      'a control character, which is no JSON',
      [payload('a'), payload('b').replace('"b"', '"\u0001"'), payload('c')],
    ],
    ['an empty text', [payload(''), payload('a'), payload(''), payload('b')]],
    [
      'a text that stands elsewhere as well',
      ['{"x":{"content":"a"},"delta":{"content":"a"}}', '{"x":{"content":"b"},"delta":{"content":"a"}}'],
    ],
    [
      'the same key twice',
      ['{"delta":{"content":"a","content":"a"}}', '{"delta":{"content":"b","content":"a"}}'],
    ],
    ['another field', [payload('a'), payload('b', 'y'), payload('c', 'y')]],
    ['half a payload', [payload('a'), payload('b').slice(0, -3), payload('c')]],
    ['a long text', [payload('a'), payload('x'.repeat(50)), payload('b')]],
    ['something else in between', [payload('a'), '[]', 'null', '"a"', 'not json', payload('b')]],
    ['white space after the colon', ['{"delta": {"content": "a"}}', '{"delta": {"content": "b"}}']],
    ['an injected field', [payload('a'), '{"id":"x","delta":{"content":"b","c":1},"n":1}', payload('c')]],
  ])('on %s', (_, payloads) => {
    expect(parseAll(payloads)).toEqual(payloads.map(plainParse));
  });

  it('on any payloads, whole or with any character changed', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 16 }),
      fc.constantFrom('', '"', '\\', 'a","b', '\u2028', '😀'),
    );
    const whole = fc
      .record({ content: text, id: fc.constantFrom('x', 'y'), pad: fc.constantFrom('', 'pad') })
      .map(({ content, id, pad }) => JSON.stringify({ id, delta: { content }, pad }));
    const changed = fc
      .tuple(whole, fc.nat(80), fc.constantFrom('', '"', '\\', '{', '}', ',', 'a', '\n', 'content'))
      .map(([data, at, by]) => data.slice(0, at) + by + data.slice(at + 1));
    fc.assert(
      fc.property(fc.array(fc.oneof(whole, whole, changed), { maxLength: 30 }), (payloads) => {
        expect(parseAll(payloads)).toEqual(payloads.map(plainParse));
      }),
      { numRuns: 2000 },
    );
  });
});
