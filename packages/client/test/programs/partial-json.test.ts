// JSON while it is being written: at the end it is what JSON.parse gives, before that a part of it, and never more work than text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partialJson } from '../../src/programs/parse/partial-json.ts';

const readBy = (text: string): unknown => partialJson().write(text);

/** The text in pieces that end anywhere, inside escapes and numbers too. */
const inPieces = (text: string, sizes: readonly number[]): string[] => {
  const pieces: string[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
};

/** Whether the part says nothing that the whole does not. */
const isPartOf = (part: unknown, whole: unknown): boolean => {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  return Object.entries(part).every(
    ([name, field]) => Object.hasOwn(whole, name) && isPartOf(field, Reflect.get(whole, name)),
  );
};

const json = fc.oneof(
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value, undefined, 2)),
);

describe('of any JSON', () => {
  it('reads at the end what JSON.parse reads, cut anywhere', () => {
    fc.assert(
      fc.property(json, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (text, sizes) => {
        const reader = partialJson();
        for (const piece of inPieces(text, sizes)) reader.write(piece);
        expect(reader.isComplete).toBe(true);
        expect(reader.wrongAt).toBeUndefined();
        expect(reader.value).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('says after each character only what the whole says', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => typeof value === 'object'),
        (whole) => {
          const text = JSON.stringify(whole);
          const read: unknown = JSON.parse(text);
          const reader = partialJson();
          for (const char of text.split('')) {
            const part = reader.write(char);
            if (part !== undefined && !isPartOf(part, read))
              throw new Error(`${JSON.stringify(part)} of ${text}`);
          }
        },
      ),
    );
  });

  it('accepts no text that JSON.parse refuses, and refuses none that it accepts', () => {
    const alphabet = fc.constantFrom(...'{}[],:"\\ \n-+.0123eEtruefalsn/u\u0001'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const reader = partialJson();
        reader.write(text);
        expect(reader.isComplete).toBe(isJson);
      }),
      { numRuns: 5_000 },
    );
  });
});

it.each<[string, unknown]>([
  ['', undefined],
  ['{', {}],
  ['{"na', {}],
  ['{"name"', {}],
  ['{"name": "Ad', { name: 'Ad' }],
  ['{"name": "A\\', { name: 'A' }],
  ['{"name": "A\\u00e', { name: 'A' }],
  ['{"name": "A\\u00e9', { name: 'Aé' }],
  ['{"age": 3', {}],
  ['{"age": 3,', { age: 3 }],
  ['[tru', []],
  ['[true', [true]],
  ['["a", "b', ['a', 'b']],
  ['[[1,2],[3', [[1, 2], []]],
  ['12', 12],
])('knows of %j by now %j', (text, value) => {
  expect(readBy(text)).toEqual(value);
});

it('makes a field of __proto__, and no prototype', () => {
  const value = Object(readBy('{"__proto__": {"isAdmin": true}, "a": "b'));
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(value.isAdmin).toBeUndefined();
  expect(Object.keys(value)).toEqual(['__proto__', 'a']);
});

it('says where a text stops being JSON, and keeps what was before', () => {
  const reader = partialJson();
  reader.write('{"a": 1, ');
  reader.write('oops}');
  expect(reader).toMatchObject({ wrongAt: 9, value: { a: 1 }, isComplete: false });
});

it('reads nesting deeper than any stack', () => {
  const deep = 200_000;
  const reader = partialJson();
  reader.write('['.repeat(deep));
  reader.write(']'.repeat(deep));
  expect(reader.isComplete).toBe(true);
});

it('looks at each character once: a text that comes in single characters is the object it began with', () => {
  const reader = partialJson();
  const first = reader.write('{"text": "');
  let isSame = true;
  for (const char of 'x'.repeat(100_000)) isSame &&= reader.write(char) === first;
  expect(isSame).toBe(true);
  expect(Object(first).text).toHaveLength(100_000);
});
