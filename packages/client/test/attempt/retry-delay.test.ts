// How long after a failure the same provider is asked again, and after which it is not.
import { type ErrorCode, type ErrorDetails, G4FError } from '@g4f/core';
import { expect, it } from 'vitest';
import { retryDelay } from '../../src/attempt/retry-delay.ts';

const failure = (code: ErrorCode, details: Omit<ErrorDetails, 'code'> = {}) =>
  new G4FError('it failed.', { ...details, code });
const MOST = () => 1;
const LEAST = () => 0;

it('grows twofold from 250 ms to 8 s, at random between nothing and that', () => {
  const error = failure('server');
  expect([0, 1, 2, 3, 4, 5, 9].map((retries) => retryDelay(error, retries, MOST))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000,
  ]);
  expect(retryDelay(error, 3, LEAST)).toBe(0);
  const delays = Array.from({ length: 50 }, () => retryDelay(error, 0) ?? -1);
  expect(new Set(delays).size).toBeGreaterThan(10);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThan(250);
});

it.each<ErrorCode>(['bad-response', 'network', 'rate-limit', 'server', 'stream-truncated'])(
  '%s may pass',
  (code) => expect(retryDelay(failure(code), 0, MOST)).toBe(250),
);

it.each<ErrorCode>([
  'aborted',
  'auth',
  'content-filter',
  'context-length',
  'invalid-request',
  'model-not-found',
  'no-provider',
  'payment-required',
])('%s would not', (code) => expect(retryDelay(failure(code), 0, MOST)).toBeUndefined());

it('a deadline of ours has cost its time; a service that gave up itself has not', () => {
  expect(retryDelay(failure('timeout', { phase: 'headers' }), 0, MOST)).toBeUndefined();
  expect(retryDelay(failure('timeout', { status: 408 }), 0, MOST)).toBe(250);
});

it('what the service asks for is waited for, up to 10 s; above that its failure is the answer', () => {
  const after = (retryAfterMs: number) => retryDelay(failure('rate-limit', { retryAfterMs }), 0, MOST);
  expect(after(3000)).toBe(3250);
  expect(after(10_000)).toBe(10_250);
  expect(after(10_001)).toBeUndefined();
});
