// Which of several keys a provider is asked with after one of them failed, and when. Loaded when that happens.
import { type G4FError, reworded } from '@g4f/core';
import { readableDuration } from '@g4f/core/internal';
import type { Passing } from '../attempt/retry-delay.ts';
import type { ProviderPlace } from '../memory/health.ts';
import type { Key, KeyRing } from '../memory/key-ring.ts';

/** A provider in one call. */
export interface Keyed {
  /** With which it may be asked next. */
  keys: readonly Key[];
  /** The last failure of each key that was asked with in this call. */
  keyFailures?: Map<Key, G4FError>;
  /** Why it cannot answer. */
  error?: G4FError;
}

/**
 * Sets with which key it is asked next: one that is worth a try now, else the one that is free soonest, whose failure is
 * told then, and how long it rests.
 *
 * @param all its keys, of which this one failed.
 * @returns undefined where it may be asked at once, else what it waits for.
 */
export function nextKey(
  entry: Keyed,
  all: readonly Key[],
  [key, error]: readonly [Key, G4FError],
  place: ProviderPlace,
  ring: KeyRing,
): Passing | undefined {
  entry.keyFailures ??= new Map();
  const failures = entry.keyFailures.set(key, error);
  entry.error = error;
  entry.keys = all.filter((other) => !(failures.has(other) || ring.isResting(place, [other])));
  if (entry.keys.length > 0) return undefined;
  const [first] = all
    .map((one) => ({ one, until: ring.find(place, one).until, at: freeAt(place, one, ring) }))
    // Of two that were refused, too: there the difference is no number.
    .sort((a, b) => a.at - b.at || a.until - b.until);
  if (first === undefined || first.at === Number.POSITIVE_INFINITY) {
    entry.keys = all;
    return error;
  }
  entry.keys = [first.one];
  const retryAfterMs = Math.max(0, Math.ceil(first.at - performance.now()));
  const own = failures.get(first.one);
  const told = own ?? error;
  const isLess = told.retryAfterMs !== undefined && told.retryAfterMs > retryAfterMs;
  entry.error = isLess
    ? reworded(told, own ? told.message : `${told.message} ${another(retryAfterMs)}`, { retryAfterMs })
    : told;
  return { code: 'rate-limit', scope: undefined, status: undefined, retryAfterMs };
}

const another = (ms: number): string => `Another of its keys may answer in ${readableDuration(ms)}.`;

/** When a key may be asked with again: never, as far as the call goes, if it was refused; at once if nobody named a wait. */
function freeAt(place: ProviderPlace, key: Key, ring: KeyRing): number {
  const { wait, until } = ring.find(place, key);
  return wait === undefined || wait === Number.POSITIVE_INFINITY ? (wait ?? 0) : until;
}
