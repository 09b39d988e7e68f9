// Responses in the state, where all gateways that share it find them, and where they outlive a process.
import { LIMITS } from '@g4f/core';
import { stateDown } from '../keys/refusals.ts';
import type { Texts } from '../state/state.ts';
import { StateError } from '../state/state-error.ts';
import type { ResponseStore, StoredResponse } from './response-store.ts';

const DAY = 86_400_000;

/**
 * Kept for {@link LIMITS.storedDays} days. While the state is away one cannot be found (`get` and `delete` throw a Refusal of 503),
 * and a new one is not kept.
 */
export const stateResponses = (texts: Texts): ResponseStore => {
  let isAway = false;
  const nameOf = (key: string): string => `response:${key}`;
  const found = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw error instanceof StateError ? stateDown() : error;
    }
  };
  return {
    async get(key) {
      const text = await found(texts.read(nameOf(key)));
      return text === undefined ? undefined : (JSON.parse(text) as StoredResponse);
    },
    async set(key, stored) {
      const text = JSON.stringify(stored);
      if (text.length > LIMITS.storedCharacters) return false;
      try {
        await texts.write(nameOf(key), text, LIMITS.storedDays * DAY);
        isAway = false;
        return true;
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
        if (!isAway) console.error(`@g4f/server: responses are not kept: ${error.message}`);
        isAway = true;
        return false;
      }
    },
    delete: (key) => found(texts.remove(nameOf(key))),
  };
};
