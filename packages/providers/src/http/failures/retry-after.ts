// How long a service asks us to wait, in all the forms in which services say it.
// Sources: RFC 9110 section 10.2.3 (Retry-After; some send a moment counted from 1970 there, as in counters); OpenAI and Azure send retry-after-ms, Google a RetryInfo.
import { LIMITS } from '@g4f/core';
import { LONGEST_WAIT_MS, longestWait, msUntil, msUntilDate, toMs, toNumber } from '@g4f/core/internal';
import { msUntilReset } from './rate-limit-reset.ts';

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
    longestWait(headers['retry-after-ms'] ?? '', toNumber) ??
    longestWait(headers['retry-after'] ?? '', (value) => msUntil(value, now)) ??
    (retryDelay === undefined ? undefined : toMs(retryDelay)) ??
    fromWords(words.slice(0, LIMITS.searchedCharacters), now) ??
    (isLimited ? msUntilReset(headers, now) : undefined);
  return ms === undefined ? undefined : Math.min(ms, LONGEST_WAIT_MS);
};

const WAIT_IN_WORDS =
  /(?:try again|retry|wait|available|resets?)\D{0,24}?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\b\s*)+|(?:\d+(?:\.\d+)?(?:ms|d|h|m|s))+)/i;

/** A moment with its place in the world: without one it may be hours away from what is meant. */
const MOMENT_IN_WORDS =
  /(?:try again|retry|available|resets?) \D{0,24}?(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))/i;

function fromWords(words: string, now: number): number | undefined {
  const moment = MOMENT_IN_WORDS.exec(words)?.[1];
  if (moment !== undefined) return msUntilDate(moment, now);
  const found = WAIT_IN_WORDS.exec(words)?.[1];
  return found === undefined ? undefined : toMs(found);
}
