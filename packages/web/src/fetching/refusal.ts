// What an answer means that is not a good one.
import { G4FError } from '@g4f/core';
import type { Response } from 'undici';

/** The error for a status from 400. What the service wrote is not shown: it may repeat the key. */
export const refusalOf = ({ status, headers }: Response, who: string, advice: string): G4FError => {
  const shared = { status, retryAfterMs: retryAfter(headers.get('retry-after')) };
  if (status === 429)
    return new G4FError(`${who} answered 429: too many requests. Try again later.`, {
      ...shared,
      code: 'rate-limit',
    });
  if (status >= 500)
    return new G4FError(`${who} answered ${status}. Try again later.`, { ...shared, code: 'server' });
  const code = status === 401 ? 'auth' : status === 402 ? 'payment-required' : 'bad-response';
  return new G4FError(`${who} answered ${status}. ${advice}`, { ...shared, code, scope: 'request' });
};

/** What is longer is a mistake: a day, in ms, as providers are read. */
const LONGEST_WAIT = 86_400_000;

/** Between the values of a header that came more than once. Not after the day of a date. */
const BETWEEN = /(?<!mon|tue|wed|thu|fri|sat|sun|day),/i;

/** In ms, the longest of its values that are waits. Source: RFC 9110, 10.2.3. */
function retryAfter(text: string | null): number | undefined {
  const waits = (text ?? '').split(BETWEEN).flatMap((value) => waitIn(value.trim()) ?? []);
  return waits.length === 0 ? undefined : Math.min(Math.max(0, ...waits), LONGEST_WAIT);
}

/** Only what has a time of day is a date: `Date.parse` takes "-3" for a year. */
function waitIn(value: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const wait = /\d:\d\d/.test(value) ? Date.parse(value) - Date.now() : Number.NaN;
  return Number.isNaN(wait) ? undefined : wait;
}

/** The error for a connection that failed. What led to it says why, by its code. */
export const networkFailure = (error: unknown, who: string): G4FError => {
  const { code } = Object(Object(error).cause);
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new G4FError(`${who} could not be reached${why}. Check the address and the network.`, {
    code: 'network',
    cause: error,
  });
};
