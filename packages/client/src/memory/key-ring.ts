// Which key a provider is asked with: one that was refused, or is used up, rests for a while and is then tried again.
import { type ErrorCode, type G4FError, scopeOf } from '@g4f/core';
import { BoundedMap } from './bounded-map.ts';
import { nameOf, type ProviderPlace } from './health.ts';

/** Undefined stands for no key at all. */
export type Key = string | undefined;

/** What is known of the keys of all providers. Keys stay in here. */
export interface KeyRing {
  /** The first of these keys that is worth a try; else the one that will be soonest. */
  pick(place: ProviderPlace, keys: readonly Key[]): Key;
  /** Whether none of these keys is worth a try now. */
  isResting(place: ProviderPlace, keys: readonly Key[]): boolean;
  /** Remembers what a failure says of the key. @returns whether another key may fare better. */
  failed(place: ProviderPlace, key: Key, error: G4FError): boolean;
  /** What is known of a key. */
  find(place: ProviderPlace, key: Key): KnownKey;
  /** The key works. */
  worked(place: ProviderPlace, key: Key): void;
}

/** For how long a key rests, in ms: doubling with every refusal in a row, from `first` to `longest`. */
interface Rest {
  readonly first: number;
  readonly longest: number;
}

/**
 * Nothing is out for good: an account is paid, a permission granted, a key made valid again while a program runs. To
 * ask in vain costs one short request, so that a minute is long enough at first; an hour bounds what is missed.
 */
const RESTS: Partial<Record<ErrorCode, Rest>> = {
  auth: { first: 60_000, longest: 3_600_000 },
  'payment-required': { first: 60_000, longest: 3_600_000 },
};
/** A limit that was reached passes by itself: as the service says, within a day, or so many ms. */
const LIMITED: Rest = { first: 5000, longest: 86_400_000 };

/** What is known of one key. */
interface KnownKey {
  /** Until when it rests, on the clock of the ring. */
  readonly until: number;
  /** The wait in ms that its service asked for; undefined where it named none, infinite where the key was refused. */
  readonly wait: number | undefined;
  /** How often it was refused in a row. */
  readonly refusals: number;
}

const GOOD: KnownKey = { until: 0, wait: undefined, refusals: 0 };

/** All keys are good. @param now a clock in ms that never goes back. */
export const createKeyRing = (now: () => number = () => performance.now()): KeyRing => {
  const known = new BoundedMap<KnownKey>();
  const entry = (place: ProviderPlace, key: Key): string => `${nameOf(place)} ${key ?? ''}`;
  const find: KeyRing['find'] = (place, key) => known.get(entry(place, key)) ?? GOOD;
  const untilOf = (place: ProviderPlace, key: Key): number => find(place, key).until;
  return {
    find,
    pick(place, keys) {
      if (keys.length < 2) return keys[0];
      const good = keys.find((key) => untilOf(place, key) <= now());
      if (good !== undefined) return good;
      const [soonest] = [...keys].sort((a, b) => untilOf(place, a) - untilOf(place, b));
      return soonest;
    },
    isResting: (place, keys) => keys.every((key) => untilOf(place, key) > now()),
    failed(place, key, error) {
      const rest = restAfter(key, error);
      if (rest === undefined) return false;
      const { until, refusals } = find(place, key);
      const isRefused = rest !== LIMITED;
      // Refusals of requests that were sent together, or to see as a last resort, are one.
      if (isRefused && refusals > 0 && until > now()) return true;
      const ms = isRefused ? Math.min(rest.longest, rest.first * 2 ** refusals) : waitOf(error);
      known.set(entry(place, key), {
        until: Math.max(until, now() + ms),
        wait: error.retryable ? error.retryAfterMs : Number.POSITIVE_INFINITY,
        refusals: isRefused ? refusals + 1 : refusals,
      });
      return true;
    },
    worked(place, key) {
      // Most often nothing is known against any key, and no name need be put together to see that.
      if (!known.isEmpty && untilOf(place, key) > 0) known.set(entry(place, key), GOOD);
    },
  };
};

/** How a key rests after this failure; undefined if the failure says nothing of it. */
function restAfter(key: Key, error: G4FError): Rest | undefined {
  const scope = scopeOf(error);
  if (scope === 'moment') return error.code === 'rate-limit' ? LIMITED : undefined;
  // Where no key was sent, and nobody refused it, one is missing.
  if (scope !== 'key' || (key === undefined && error.status === undefined)) return undefined;
  return RESTS[error.code] ?? LIMITED;
}

/** A wait that makes sense: a provider of the caller's may ask for any. */
const waitOf = ({ retryAfterMs = LIMITED.first }: G4FError): number =>
  retryAfterMs >= 0 ? Math.min(retryAfterMs, LIMITED.longest) : LIMITED.first;
