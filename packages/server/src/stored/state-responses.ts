// Responses in the state, where all gateways that share it find them, and where they outlive a process.
import { LIMITS } from '@g4f/core';
import { asObject, parseJson } from '../json/json.ts';
import { passedLimit } from '../json/nesting.ts';
import { stateDown } from '../keys/refusals.ts';
import type { Texts } from '../state/state.ts';
import { StateError } from '../state/state-error.ts';
import type { ResponseStore, StoredResponse } from './response-store.ts';

const DAY = 86_400_000;

/** Around what a body holds. */
const DEPTH = LIMITS.nesting + 10;

/** Undefined for what is none: others may have written there, and it is as if it were not there. */
const readStored = (text: string): StoredResponse | undefined => {
  if (passedLimit(text, { depth: DEPTH, count: LIMITS.values }) !== undefined) return undefined;
  const stored = parseJson(text);
  return isStored(stored) ? stored : undefined;
};

const isStored = (value: unknown): value is StoredResponse => {
  const { response, input } = asObject(value) ?? {};
  const { id, object, output } = asObject(response) ?? {};
  return (
    typeof id === 'string' &&
    object === 'response' &&
    [input, output].every(
      (items) => Array.isArray(items) && items.every((item) => asObject(item) !== undefined),
    )
  );
};

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
      return text === undefined ? undefined : readStored(text);
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
