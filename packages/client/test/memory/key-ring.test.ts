// Which of several keys is used: one that was refused or is used up rests, and is tried again.
import { type ErrorDetails, G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { createKeyRing } from '../../src/memory/key-ring.ts';

const place = { provider: 'groq', baseURL: undefined };
const KEYS = ['a', 'b', 'c'];
const ringAt = () => {
  const clock = { now: 0 };
  return { clock, ring: createKeyRing(() => clock.now) };
};
const failure = (details: ErrorDetails) => new G4FError('no.', details);

describe('a key', () => {
  it.each<ErrorDetails>([
    { code: 'auth', status: 401 },
    { code: 'payment-required', status: 402 },
    { code: 'auth', status: 403 },
    // Inside a 200.
    { code: 'auth' },
    { code: 'server', scope: 'key' },
  ])('that was refused rests: %j', (details) => {
    const { ring } = ringAt();
    expect(ring.pick(place, KEYS)).toBe('a');
    expect(ring.failed(place, 'a', failure(details))).toBe(true);
    expect(ring.pick(place, KEYS)).toBe('b');
    expect(ring.isResting(place, ['a'])).toBe(true);
    // Another key, or the same at another address, has not been refused.
    expect(ring.isResting(place, ['changed'])).toBe(false);
    expect(ring.isResting({ ...place, baseURL: 'http://127.0.0.1:1' }, ['a'])).toBe(false);
  });

  it.each<ErrorDetails>([
    { code: 'auth', status: 401 },
    { code: 'payment-required', status: 402 },
  ])('that was refused is tried again after a minute, then two, up to an hour: %j', (details) => {
    const { clock, ring } = ringAt();
    const minutes = [1, 2, 4, 8, 16, 32, 60, 60];
    for (const rest of minutes) {
      ring.failed(place, 'a', failure(details));
      clock.now += rest * 60_000 - 1;
      expect(ring.isResting(place, ['a'])).toBe(true);
      clock.now += 1;
      expect(ring.pick(place, KEYS)).toBe('a');
    }
    // A success clears: the next refusal is a first one.
    ring.worked(place, 'a');
    ring.failed(place, 'a', failure(details));
    clock.now += 60_000;
    expect(ring.pick(place, KEYS)).toBe('a');
  });

  it('rests no longer because many requests with it were refused at once', () => {
    const { clock, ring } = ringAt();
    for (let at = 0; at < 20; at++) ring.failed(place, 'a', failure({ code: 'auth', status: 401 }));
    clock.now = 60_000;
    expect(ring.isResting(place, ['a'])).toBe(false);
  });

  it.each([
    [1e15, 86_400_000],
    [Number.POSITIVE_INFINITY, 86_400_000],
    [Number.NaN, 5000],
    [-7, 5000],
  ])('that is to rest for %d ms rests for %d', (retryAfterMs, rest) => {
    const { clock, ring } = ringAt();
    ring.failed(place, 'a', failure({ code: 'rate-limit', status: 429, retryAfterMs }));
    clock.now = rest - 1;
    expect(ring.isResting(place, ['a'])).toBe(true);
    clock.now = rest;
    expect(ring.isResting(place, ['a'])).toBe(false);
  });

  it('that is used up rests as long as the service says, or 5 s', () => {
    const { clock, ring } = ringAt();
    ring.failed(place, 'a', failure({ code: 'rate-limit', status: 429, retryAfterMs: 2000 }));
    ring.failed(place, 'b', failure({ code: 'rate-limit', status: 429 }));
    expect(ring.pick(place, KEYS)).toBe('c');
    clock.now = 2000;
    expect(ring.pick(place, KEYS)).toBe('a');
    expect(ring.isResting(place, ['b'])).toBe(true);
    clock.now = 5000;
    expect(ring.isResting(place, ['b'])).toBe(false);
  });

  it('that works after all is good again', () => {
    const { ring } = ringAt();
    ring.failed(place, 'a', failure({ code: 'auth', status: 401 }));
    ring.worked(place, 'a');
    expect(ring.pick(place, KEYS)).toBe('a');
  });

  it('is not to blame for other failures', () => {
    const { ring } = ringAt();
    expect(ring.failed(place, 'a', failure({ code: 'server', status: 500 }))).toBe(false);
    expect(ring.failed(place, 'a', failure({ code: 'content-filter', status: 403 }))).toBe(false);
    // The region, or the size of one request: another key would fare no better.
    expect(ring.failed(place, 'a', failure({ code: 'auth', status: 403, scope: 'provider' }))).toBe(false);
    expect(ring.failed(place, 'a', failure({ code: 'rate-limit', status: 413, scope: 'provider' }))).toBe(
      false,
    );
    // A key that was never sent was not refused.
    expect(ring.failed(place, undefined, failure({ code: 'auth' }))).toBe(false);
    expect(ring.pick(place, KEYS)).toBe('a');
  });

  it('if none is good, the one that will be soonest is tried', () => {
    const { ring } = ringAt();
    ring.failed(place, 'a', failure({ code: 'auth', status: 401 }));
    ring.failed(place, 'b', failure({ code: 'rate-limit', retryAfterMs: 9000 }));
    ring.failed(place, 'c', failure({ code: 'rate-limit', retryAfterMs: 3000 }));
    expect(ring.pick(place, KEYS)).toBe('c');
    expect(ring.isResting(place, KEYS)).toBe(true);
  });
});
