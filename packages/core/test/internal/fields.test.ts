// A copy with more fields: the later ones win, nothing is inherited, nothing is changed.
import { expect, it } from 'vitest';
import { withFields } from '../../src/internal/fields.ts';

it('copies, and the later fields win', () => {
  const given = { model: 'm', n: 1 };
  expect(withFields(given, { n: 2, stream: true })).toEqual({ model: 'm', n: 2, stream: true });
  expect(given).toEqual({ model: 'm', n: 1 });
});

it('a field __proto__ of JSON stays a field', () => {
  const given: object = JSON.parse('{"a":1,"__proto__":{"tools":"smuggled"}}');
  const copy = withFields(given, { b: 2 });
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect('tools' in copy).toBe(false);
  expect(JSON.stringify(copy)).toBe('{"a":1,"__proto__":{"tools":"smuggled"},"b":2}');
});
