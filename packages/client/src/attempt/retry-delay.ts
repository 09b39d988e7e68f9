// Whether a provider is asked again after a failure, and how long after it: exponential backoff with full jitter.
// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
import { type ErrorCode, type G4FError, scopeOf } from '@g4f/core';

/** Failures that may pass by themselves, and cost no deadline to see. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bad-response',
  'network',
  'rate-limit',
  'server',
  'stream-truncated',
]);

/** Most of the first wait, in ms; it doubles with every retry. */
const FIRST_MS = 250;
const MOST_MS = 8000;
/** The longest wait that a service may ask for (`Retry-After`), in ms: above it, its failure is the answer. */
const MOST_ASKED_MS = 10_000;

/** What of a failure says whether it may pass, and when. */
export type Passing = Pick<G4FError, 'code' | 'scope' | 'status' | 'retryAfterMs'>;

/**
 * How long to wait before asking again, in ms; undefined if that is no use.
 *
 * @param retries how many have been made.
 * @param random from 0 up to 1.
 */
export const retryDelay = (
  error: Passing,
  retries: number,
  random: () => number = Math.random,
): number | undefined => {
  if (!mayPass(error)) return undefined;
  const jitter = random() * Math.min(MOST_MS, FIRST_MS * 2 ** retries);
  const { retryAfterMs } = error;
  if (retryAfterMs === undefined) return jitter;
  return retryAfterMs <= MOST_ASKED_MS ? retryAfterMs + jitter : undefined;
};

/** A deadline of ours has cost its time already; a service that says 408 has not. */
const mayPass = (error: Passing): boolean =>
  scopeOf(error) === 'moment' &&
  (MAY_PASS.has(error.code) || (error.code === 'timeout' && error.status !== undefined));
