// Which key a backend is asked with: one that was refused is taken out until it changes, one that is used up rests.
import type { G4FError } from '@g4f/core';
import { BoundedMap } from './bounded-map.ts';
import { nameOf, type Place } from './health.ts';

/** Undefined stands for no key at all. */
export type Key = string | undefined;

/** What is known of the keys of all backends. Keys stay in here. */
export interface KeyRing {
  /** The first of these keys that is worth a try; else the one that will be soonest. */
  pick(place: Place, keys: readonly Key[]): Key;
  /** Whether none of these keys is worth a try now. */
  isResting(place: Place, keys: readonly Key[]): boolean;
  /** Remembers what a failure says of the key. @returns whether another key may fare better. */
  failed(place: Place, key: Key, error: G4FError): boolean;
  /** The key works. */
  worked(place: Place, key: Key): void;
}

/** How long a key rests if the service does not say how long, in ms. */
const REST_MS = 5000;
const REFUSED: ReadonlySet<number | undefined> = new Set([401, 402, 403]);

/** All keys are good. @param now a clock in ms that never goes back. */
export const createKeyRing = (now: () => number = () => performance.now()): KeyRing => {
  const restUntil = new BoundedMap<number>();
  const entry = (place: Place, key: Key): string => `${nameOf(place)} ${key ?? ''}`;
  const untilOf = (place: Place, key: Key): number => restUntil.get(entry(place, key)) ?? 0;
  return {
    pick(place, keys) {
      if (keys.length < 2) return keys[0];
      const good = keys.find((key) => untilOf(place, key) <= now());
      if (good !== undefined) return good;
      const [soonest] = [...keys].sort((a, b) => untilOf(place, a) - untilOf(place, b));
      return soonest;
    },
    isResting: (place, keys) => keys.every((key) => untilOf(place, key) > now()),
    failed(place, key, { code, status, retryAfterMs = REST_MS }) {
      const isRefused = (code === 'auth' || code === 'payment-required') && REFUSED.has(status);
      if (!isRefused && code !== 'rate-limit') return false;
      restUntil.set(entry(place, key), isRefused ? Number.POSITIVE_INFINITY : now() + retryAfterMs);
      return true;
    },
    worked(place, key) {
      // Most often nothing is known against any key, and no name need be put together to see that.
      if (!restUntil.isEmpty && untilOf(place, key) > 0) restUntil.set(entry(place, key), 0);
    },
  };
};
