// How long a page or an engine asks to wait: read as the client reads it of a model's service.
import { Response } from 'undici';
import { expect, it } from 'vitest';
import { refusalOf } from '../../src/fetching/refusal.ts';

const PAST = 'Wed, 21 Oct 2015 07:28:05 GMT';

it.each<[string, number | undefined]>([
  ['2', 2000],
  ['1.5', 1500],
  // From two who each sent one.
  ['1, 1', 1000],
  ['1,30', 30_000],
  ['-3, 2', 2000],
  [`${PAST}, 2`, 2000],
  [PAST, 0],
  [`${PAST}, ${PAST}`, 0],
  ['-3', undefined],
  ['-1000000000000', undefined],
  ['1e12', undefined],
  ['soon', undefined],
  ['', undefined],
  // Seconds and ms since 1970: a moment that has passed, and one that is far away.
  ['1445412485', 0],
  ['1000000000000', 0],
  ['1000000000000000', 86_400_000],
  ['30s', 30_000],
  ['9'.repeat(400), 86_400_000],
  ['Fri, 21 Oct 2939 07:28:00 GMT', 86_400_000],
])('Retry-After: %j', (value, expected) => {
  const answer = new Response('', { status: 429, headers: { 'retry-after': value } });
  expect(refusalOf(answer, 'The page', '').retryAfterMs).toBe(expected);
});
