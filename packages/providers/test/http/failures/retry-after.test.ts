// A service's wish to wait is understood in every form in which services say it.
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../src/http/failures/retry-after.ts';

const now = Date.parse('2026-10-21T07:28:00Z');
const fromHeader = (value: string): number | undefined =>
  retryAfterMs({ 'retry-after': value }, { words: '' }, now);
const fromWords = (words: string): number | undefined => retryAfterMs({}, { words }, now);

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
    // A moment: seconds or ms since 1970. One that has passed is now.
    [`${now / 1000 + 2}`, 2000],
    [`${now + 2500}`, 2500],
    [`${now / 1000 - 60}`, 0],
    ['1000000000000', 0],
    // From two who each sent one: the longest of those that say something.
    ['1, 1', 1000],
    ['1,30', 30_000],
    ['30, 2s', 30_000],
    ['soon, 3', 3000],
    ['-3, 2', 2000],
    [', 4,', 4000],
    ['Wed, 21 Oct 2026 07:28:05 GMT, Wed, 21 Oct 2026 07:28:09 GMT', 9000],
    ['7, Wednesday, 21-Oct-26 07:28:05 GMT', 7000],
    ['Wed, 21 Oct 2026 07:28:05 GMT, 2', 5000],
    ['soon, later', undefined],
    ['-3', undefined],
    ['soon', undefined],
    ['', undefined],
    // Absurd ones: a day at most, and none where it is no number.
    ['999999999', 86_400_000],
    ['1000000000000000', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['99999999h', 86_400_000],
    ['Fri, 21 Oct 2039 07:28:00 GMT', 86_400_000],
    ['1e12', undefined],
    ['-1000000000000', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
  ])('Retry-After: %j', (value, expected) => {
    expect(fromHeader(value)).toBe(expected);
  });

  it('prefers retry-after-ms, which is finer, and the headers to the words', () => {
    const headers = { 'retry-after': '2', 'retry-after-ms': '1234' };
    expect(retryAfterMs(headers, { words: 'try again in 9s' }, now)).toBe(1234);
    expect(retryAfterMs({ 'retry-after': '2' }, { words: 'try again in 9s' }, now)).toBe(2000);
    expect(
      retryAfterMs({ 'retry-after': 'soon', 'retry-after-ms': 'x' }, { words: 'try again in 9s' }, now),
    ).toBe(9000);
  });

  it('takes the longest of several in ms, too', () => {
    expect(retryAfterMs({ 'retry-after-ms': '1500, x, 2500' }, { words: '' }, now)).toBe(2500);
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
    // Groq, OpenAI and Gemini.
    ['on tokens per day (TPD): Limit 100000, Used 99990, Requested 600. Please try again in 7m12s.', 432_000],
    ['Please try again in 1h2m.', 3_720_000],
    ['Please try again in 2m59.56s. Need more tokens?', 179_560],
    ['Your quota will reset after 34s.', 34_000],
    // MiniMax; a moment that does not say where it is may be hours away.
    ['usage limit exceeded, 5-hour usage limit reached, resets at 2026-10-21T08:28:00Z (2056)', 3_600_000],
    ['resets at 2026-10-21T08:28:00+00:30', 1_800_000],
    ['resets at 2026-10-21T07:00:00Z', 0],
    ['resets at 2026-10-21T08:28:00', undefined],
    ['Limit resets in 2 days', 86_400_000],
    ['You sent 40 messages in 3 s', undefined],
    ['try again later', undefined],
    ['after a retry 3 models were left', undefined],
    ['', undefined],
  ])('%j', (words, expected) => {
    expect(fromWords(words)).toBe(expected);
  });

  it('reads long text in no time', () => {
    // As long as the longest body that is read; a duration is looked for in its first 100 characters.
    expect(fromWords(`retry ${'1 s '.repeat(16_000)}x`)).toBe(25_000);
    expect(fromWords(`retry ${'9'.repeat(60_000)}`)).toBeUndefined();
  });

  it('knows Google’s RetryInfo, after the header and before the words', () => {
    const said = { words: 'Please retry in 9s.', retryDelay: '34.07s' };
    expect(retryAfterMs({}, said, now)).toBe(34_070);
    expect(retryAfterMs({ 'retry-after': '2' }, said, now)).toBe(2000);
    expect(retryAfterMs({}, { ...said, retryDelay: '34s' }, now)).toBe(34_000);
    expect(retryAfterMs({}, { ...said, retryDelay: 'soon' }, now)).toBe(9000);
    expect(retryAfterMs({}, { words: '', retryDelay: '1e12s' }, now)).toBeLessThanOrEqual(86_400_000);
  });
});

describe('the counters of a limit', () => {
  const reset = (headers: Readonly<Record<string, string>>, isLimited = true): number | undefined =>
    retryAfterMs(headers, { words: '', isLimited }, now);
  const seconds = Math.floor(now / 1000);

  it.each<[string, Readonly<Record<string, string>>, number | undefined]>([
    [
      'OpenAI: the one that is used up counts',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '8.64s',
        'x-ratelimit-remaining-tokens': '900',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      8640,
    ],
    [
      'OpenAI: the later of two that are used up',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '120ms',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      360_000,
    ],
    [
      'Groq: where none is used up, the sooner',
      { 'x-ratelimit-reset-requests': '2m59.56s', 'x-ratelimit-reset-tokens': '7.66s' },
      7660,
    ],
    [
      'Anthropic: dates',
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-10-21T07:28:30Z',
        'anthropic-ratelimit-tokens-reset': '2026-10-21T07:28:01Z',
      },
      30_000,
    ],
    [
      'OpenRouter: ms since 1970',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 5000}` },
      5000,
    ],
    ['GitHub: seconds since 1970', { 'x-ratelimit-reset': `${seconds + 60}` }, 60_000],
    ['Cerebras: seconds', { 'x-ratelimit-reset-tokens-minute': '11.38' }, 11_380],
    ['the draft of the IETF', { 'ratelimit-reset': '30' }, 30_000],
    ['one that has passed', { 'x-ratelimit-reset': `${seconds - 60}` }, 0],
    ['an absurd one', { 'x-ratelimit-reset': '9'.repeat(30) }, 86_400_000],
    ['no sense', { 'x-ratelimit-reset': 'soon' }, undefined],
    ['none', { 'x-ratelimit-limit': '5' }, undefined],
  ])('%s', (_name, headers, ms) => {
    expect(reset(headers)).toBe(ms);
  });

  it('say nothing where no limit was reached, and less than Retry-After', () => {
    expect(reset({ 'x-ratelimit-reset-requests': '8s' }, false)).toBeUndefined();
    expect(reset({ 'x-ratelimit-reset-requests': '8s', 'retry-after': '3' })).toBe(3000);
  });
});
