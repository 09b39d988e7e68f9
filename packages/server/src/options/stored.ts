// Where responses and the cache of several gateways are kept.
import { type CacheOptions, type Middleware, withCache } from '@g4f/client';
import type { LazyGate } from '../keys/lazy-gate.ts';
import { memoryResponses } from '../stored/memory-responses.ts';
import type { ResponseStore } from '../stored/response-store.ts';
import { type SharedState, sharedTexts } from '../stored/shared-texts.ts';
import { stateCache } from '../stored/state-cache.ts';
import { stateResponses } from '../stored/state-responses.ts';
import { wrong } from './wrong.ts';

/** What gateways share; undefined where there is nothing that they could. */
const sharedBy = (gate: LazyGate | undefined): SharedState | undefined =>
  gate === undefined || gate.terms.url === 'memory'
    ? undefined
    : { open: async () => (await gate.open()).state, timeout: gate.terms.timeout };

/** The middleware, if the option wants it. @throws G4FError `invalid-request` */
export function sharedCacheOf(
  sharedCache: boolean | CacheOptions = false,
  gate: LazyGate | undefined,
): readonly Middleware[] {
  if (sharedCache === false) return [];
  if (sharedCache !== true && !(typeof sharedCache === 'object' && sharedCache !== null))
    throw wrong('sharedCache', 'true, false, or an object with ttl and the like');
  const shared = sharedBy(gate);
  if (shared === undefined) throw wrong('sharedCache', 'false where there is no state of SQLite or Redis');
  const options = sharedCache === true ? {} : sharedCache;
  const { ttl } = options;
  // The time when it ends is a whole number as well.
  if (ttl !== undefined && !(ttl > 0 && Number.isSafeInteger(ttl + Date.now())))
    throw wrong('sharedCache.ttl', 'a whole number of ms above 0');
  return [withCache({ ...options, store: stateCache(sharedTexts(shared)), storeTimeout: shared.timeout })];
}

/** The store of responses; undefined where none are kept. @param before that of the options before. @throws G4FError `invalid-request` */
export function storeOf(
  responses: ResponseStore | false | undefined,
  gate: LazyGate | undefined,
  before?: ResponseStore,
): ResponseStore | undefined {
  if (responses === false) return undefined;
  if (responses === undefined) {
    const shared = sharedBy(gate);
    return before ?? (shared === undefined ? memoryResponses() : stateResponses(sharedTexts(shared)));
  }
  for (const method of ['get', 'set', 'delete'] as const)
    if (typeof Object(responses)[method] !== 'function')
      throw wrong('responses', 'false, or an object with get, set and delete');
  return responses;
}
