// Characters are taken off the end of a text, and off no other place.
import { expect, it } from 'vitest';
import { withoutEnd } from '../../src/internal.ts';

it.each([
  ['http://a/v1///', '/', 'http://a/v1'],
  ['//a', '/', '//a'],
  ['"a"\'', `"'`, '"a'],
  ['///', '/', ''],
  ['', '/', ''],
])('%j without %s', (text, characters, rest) => {
  expect(withoutEnd(text, characters)).toBe(rest);
});
