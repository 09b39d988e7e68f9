// What is waited for: anything with `then`.
import { expect, it } from 'vitest';
import { isPromise } from '../../src/internal.ts';

it('is a promise, of whatever class', () => {
  expect(isPromise(Promise.resolve(1))).toBe(true);
  expect(isPromise((async () => 1)())).toBe(true);
  class Another<T> extends Promise<T> {}
  expect(isPromise(Another.resolve(1))).toBe(true);
});

it.each([undefined, null, 0, 'then', [], {}, () => 1])('is not %j', (value) => {
  expect(isPromise<unknown>(value)).toBe(false);
});
