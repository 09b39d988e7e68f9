// What a refusal tells of waiting: where it finds it, and how it says it.
import { describe, expect, it } from 'vitest';
import { refused } from './refused.ts';

const PAST = 'Wed, 21 Oct 2015 07:28:05 GMT';

describe('a refusal', () => {
  it('says a long wait in units that a person reads', async () => {
    const words = 'Rate limit reached: Limit 100000, Used 99990, Requested 600. Please try again in 7m12s.';
    const error = await refused(429, { error: { message: words } });
    expect(error.retryAfterMs).toBe(432_000);
    expect(error.message).toMatch(/ Wait 7 min 12 s, or choose another provider\.$/);
    const absurd = await refused(429, 'Slow down', { 'retry-after': '1000000000000000' });
    expect(absurd).toMatchObject({ retryAfterMs: 86_400_000 });
    expect(absurd.message).toContain('Wait 24 h,');
  });

  it('does not say to wait for nothing', async () => {
    for (const moment of ['0', PAST]) {
      const error = await refused(429, 'Slow down', { 'retry-after': moment });
      expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 0 });
      expect(error.message).toBe('acme: 429 Slow down. Try again, or choose another provider.');
    }
  });

  it('finds the wait in Google’s details, and in the counters of a limit', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.07s' }];
    expect(await refused(429, { error: { code: 429, message: 'Quota', details } })).toMatchObject({
      retryAfterMs: 34_070,
    });
    const headers = { 'x-ratelimit-reset-requests': '6m0s' };
    expect((await refused(429, 'Slow down', headers)).retryAfterMs).toBe(360_000);
    expect((await refused(500, 'Down', headers)).retryAfterMs).toBeUndefined();
  });

  it('finds the wait in the words', async () => {
    expect(await refused(429, { error: { message: 'Try again in 3s' } })).toMatchObject({
      retryAfterMs: 3000,
    });
  });
});
