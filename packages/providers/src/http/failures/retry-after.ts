// How long a service asks us to wait, in all the forms in which services say it.
// Sources: RFC 9110 section 10.2.3 (Retry-After); OpenAI and Azure send retry-after-ms, Google a RetryInfo.
import { LIMITS } from '@g4f/core';
import { toMs, toNumber } from './duration-text.ts';
import { msUntilReset } from './rate-limit-reset.ts';

/** The longest wait that is believed, in ms: a day. What is longer is a mistake, and would overflow a timer. */
const LONGEST_WAIT_MS = 86_400_000;

/** What a service said of waiting, beside its headers. */
export interface Wait {
  /** Its message, such as "try again in 1m2.5s". */
  readonly words: string;
  /** A duration in a field of its own: `34.07s`. */
  readonly retryDelay?: string | undefined;
  /** Whether a limit was reached: only then the counters in its headers say when to come back. */
  readonly isLimited?: boolean;
}

/**
 * The wait in ms, from 0 to a day, or undefined if the service named none.
 *
 * @param headers in lower case.
 */
export const retryAfterMs = (
  headers: Readonly<Record<string, string>>,
  { words, retryDelay, isLimited = false }: Wait,
  now = Date.now(),
): number | undefined => {
  const ms =
    longestOf(headers['retry-after-ms'], toNumber) ??
    longestOf(headers['retry-after'], (value) => fromHeader(value, now)) ??
    (retryDelay === undefined ? undefined : toMs(retryDelay)) ??
    fromWords(words.slice(0, LIMITS.searchedCharacters), now) ??
    (isLimited ? msUntilReset(headers, now) : undefined);
  return ms === undefined ? undefined : Math.min(ms, LONGEST_WAIT_MS);
};

/** Between the values of a header that came more than once, as a service and a proxy before it send it. Not after a day. */
const BETWEEN = /(?<!mon|tue|wed|thu|fri|sat|sun|day),/i;

/** Of its values that are waits. */
function longestOf(header = '', waitIn: (value: string) => number | undefined): number | undefined {
  const waits = header.split(BETWEEN).flatMap((value) => waitIn(value) ?? []);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

function fromHeader(value: string, now: number): number | undefined {
  const seconds = toNumber(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  if (/^\s*\d[\d.]*\s*[a-z]/i.test(value)) return toMs(value);
  // Only what has a time of day: Date.parse takes "-3" for a year.
  return /\d:\d\d/.test(value) ? untilDate(value, now) : undefined;
}

function untilDate(text: string, now: number): number | undefined {
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const WAIT_IN_WORDS =
  /(?:try again|retry|wait|available|resets?)\D{0,24}?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\b\s*)+|(?:\d+(?:\.\d+)?(?:ms|d|h|m|s))+)/i;

/** A moment with its place in the world: without one it may be hours away from what is meant. */
const MOMENT_IN_WORDS =
  /(?:try again|retry|available|resets?) \D{0,24}?(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))/i;

function fromWords(words: string, now: number): number | undefined {
  const moment = MOMENT_IN_WORDS.exec(words)?.[1];
  if (moment !== undefined) return untilDate(moment, now);
  const found = WAIT_IN_WORDS.exec(words)?.[1];
  return found === undefined ? undefined : toMs(found);
}
