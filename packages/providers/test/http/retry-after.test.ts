// A service's wish to wait is understood in every form in which services say it.
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/http/retry-after.ts';

const now = Date.parse('2026-10-21T07:28:00Z');
const fromHeader = (value: string): number | undefined => retryAfterMs({ 'retry-after': value }, '', now);
const fromWords = (words: string): number | undefined => retryAfterMs({}, words, now);

describe('how long to wait', () => {
  it.each<[string, number | undefined]>([
    ['2', 2000],
    [' 0 ', 0],
    ['1.5', 1500],
    ['2s', 2000],
    ['1m30s', 90_000],
    ['Wed, 21 Oct 2026 07:28:05 GMT', 5000],
    ['Wednesday, 21-Oct-26 07:28:05 GMT', 5000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
    ['-3', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('Retry-After: %j', (value, expected) => {
    expect(fromHeader(value)).toBe(expected);
  });

  it('prefers retry-after-ms, which is finer, and the headers to the words', () => {
    const headers = { 'retry-after': '2', 'retry-after-ms': '1234' };
    expect(retryAfterMs(headers, 'try again in 9s', now)).toBe(1234);
    expect(retryAfterMs({ 'retry-after': '2' }, 'try again in 9s', now)).toBe(2000);
    expect(retryAfterMs({ 'retry-after': 'soon', 'retry-after-ms': 'x' }, 'try again in 9s', now)).toBe(9000);
  });

  it.each<[string, number | undefined]>([
    ['Rate limit reached. Please try again in 3s.', 3000],
    ['Please try again in 350ms. Visit https://example.com/4 for more.', 350],
    ['try again in 1m2.5s', 62_500],
    ['Please try again in 1h2m3s', 3_723_000],
    ['Please retry in 32.1s.', 32_100],
    ['Please retry after 20 seconds.', 20_000],
    ['Please wait 5 minutes before you send more', 300_000],
    ['Retry after 1 minute 30 seconds', 90_000],
    ['will be available in 2 hours', 7_200_000],
    ['wait 500 milliseconds', 500],
    ['You sent 40 messages in 3 s', undefined],
    ['try again later', undefined],
    ['after a retry 3 models were left', undefined],
    ['', undefined],
  ])('%j', (words, expected) => {
    expect(fromWords(words)).toBe(expected);
  });

  it('reads long text in no time', () => {
    // As long as the longest body that is read; by trying every way to cut it this would never end.
    expect(fromWords(`retry ${'1 s '.repeat(16_000)}x`)).toBe(16_000_000);
    expect(fromWords(`retry ${'9'.repeat(60_000)}`)).toBeUndefined();
  });
});
