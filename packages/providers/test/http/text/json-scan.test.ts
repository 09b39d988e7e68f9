// What is told of JSON text without parsing it agrees with parsing it.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOfValue, openIn, valuesIn } from '../../../src/http/text/json-scan.ts';

const countOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, inside) => sum + countOf(inside), 1)
    : 1;

it('tells where a value ends, and how many are in it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, after) => {
      const text = JSON.stringify([value]);
      expect(endOfValue(text + after, 0)).toBe(text.length);
      expect(openIn(text)).toBe(0);
      expect(openIn(text.slice(0, -1))).toBe(1);
      // A list or an object that is empty is counted as if something were in it.
      expect(valuesIn(text)).toBeGreaterThanOrEqual(countOf([value]));
      expect(valuesIn(text)).toBeLessThanOrEqual(2 * countOf([value]));
    }),
  );
  expect(endOfValue('{"a":"}', 0)).toBe(7);
});

it('tells a quote that is escaped from one that ends a string, whatever stands before', () => {
  for (let count = 0; count < 6; count++) {
    const backslashes = '\\'.repeat(count);
    const text = JSON.stringify([`${backslashes}"[`, backslashes, { [`${backslashes}"`]: '],' }]);
    expect(endOfValue(`${text}]`, 0)).toBe(text.length);
    expect(valuesIn(text)).toBe(5);
    expect(openIn(text.slice(0, -1))).toBe(1);
  }
  // A string that does not end holds all that follows.
  expect(openIn(`["${'\\"['.repeat(1000)}`)).toBe(1);
});
