// Lists of models that services gave, kept for a while, with the time at which each was asked for.
import type { ModelFacts, Provider } from '@g4f/core';
import { credentialOf } from '@g4f/providers/parts';
import type { Candidate } from '../routing/candidate.ts';

/** For how long a list is good, in ms. */
const GOOD_MS = 5 * 60_000;

/** A list, and when it was retrieved (ISO 8601). */
export interface DatedList {
  readonly list: readonly ModelFacts[];
  readonly at: string;
}

/** Who is asked, and as whom. */
export interface ListQuery {
  readonly provider: Provider;
  readonly candidate: Candidate;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Lists by provider, address and key: another account may be offered other models. */
export interface ModelCache {
  /** @param ask is called if nothing good is kept, or anyway if `refresh` is true. */
  get(asked: ListQuery, refresh: boolean, ask: () => Promise<readonly ModelFacts[]>): Promise<DatedList>;
}

/** An empty cache. @param now a clock in ms since 1970. */
export const createModelCache = (now: () => number = Date.now): ModelCache => {
  const kept = new WeakMap<Provider, Map<string, { readonly until: number; readonly dated: DatedList }>>();
  return {
    async get({ provider, candidate: { apiKey, baseURL, headers }, env }, refresh, ask) {
      const lists = kept.get(provider) ?? new Map();
      kept.set(provider, lists);
      const key = JSON.stringify([baseURL, credentialOf(provider, { apiKey, env })?.key, headers]);
      const found = lists.get(key);
      if (!refresh && found !== undefined && found.until > now()) return found.dated;
      const dated = { list: await ask(), at: new Date(now()).toISOString() };
      // Keys come and go in a long-lived server: what is stale must not pile up.
      for (const [old, { until }] of lists) if (until <= now()) lists.delete(old);
      lists.set(key, { until: now() + GOOD_MS, dated });
      return dated;
    },
  };
};
