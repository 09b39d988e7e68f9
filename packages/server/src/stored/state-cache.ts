// Answers to equal calls in the state: what one gateway was answered, the others give as well.
import type { CacheStore } from '@g4f/client';
import { LIMITS } from '@g4f/core';
import type { Texts } from '../state/state.ts';

const DAY = 86_400_000;

/** What it throws is no failure of a call: the cache then asks the provider. An answer without a `ttl` is kept for a day; one that is too long, not at all. */
export const stateCache = (texts: Texts): CacheStore => ({
  get: (key) => texts.read(`cache:${key}`),
  async set(key, text, ttl = DAY) {
    if (text.length <= LIMITS.storedCharacters) await texts.write(`cache:${key}`, text, ttl);
  },
});
