// Keeps complete answers, and gives them to calls that are equal: no provider is asked, and none is the better or worse for it.
import type { Operation, Operations } from '@g4f/core';
import { sleep } from '../attempt/sleep.ts';
import type { AnyHandler, MiddlewareCall, Next, StoredCacheOptions } from '../surface/middleware.ts';
import { type CacheEntry, EntryWriter, KEPT, type Kept, readEntry } from './cache-entry.ts';
import { cacheKeyOf } from './cache-key.ts';
import { MemoryStore } from './memory-store.ts';
import { TimedStore } from './timed-store.ts';

/** What is kept unless options say otherwise. */
const MAX_ENTRIES = 1000;
const MAX_CHARACTERS = 16 * 1024 * 1024;
const STORE_TIMEOUT_MS = 1000;

const NOT_READ = 'the cache could not be read: the service was asked.';

type Answer<O extends Operation> = AsyncGenerator<Operations[O]['part'], undefined>;

/** The middleware. @param options checked already. */
export const createCache = (options: StoredCacheOptions = {}): AnyHandler => {
  const {
    maxEntries = MAX_ENTRIES,
    maxCharacters = MAX_CHARACTERS,
    storeTimeout = STORE_TIMEOUT_MS,
  } = options;
  const store = new TimedStore(options.store ?? new MemoryStore({ maxEntries, maxCharacters }), storeTimeout);
  return async function* cached<O extends Operation>(call: MiddlewareCall<O>, next: Next<O>): Answer<O> {
    const kept: Kept<O> | undefined = KEPT[call.operation];
    if (kept === undefined) return yield* next();
    const key = mayBeKept(call, options) ? await cacheKeyOf(call) : undefined;
    const found = key === undefined ? undefined : await store.get(key);
    const entry = found === undefined ? undefined : readEntry(found.value, call, maxCharacters);
    if (entry !== undefined) return yield* replay(kept, entry, call, options.timing === true);
    if (key === undefined) yield* next();
    else if (found === undefined) yield* warned(kept, next(), call);
    else {
      const writer = new EntryWriter(maxCharacters);
      const isGood = yield* written(kept, next(), call, writer);
      const text = isGood ? writer.text(options.ttl) : undefined;
      // A caller who has changed the messages meanwhile was answered to others than the key is made of.
      if (text !== undefined && (await cacheKeyOf(call)) === key) await store.set(key, text, options.ttl);
    }
    return undefined;
  };
};

/** Who asks for a temperature above 0 wants another answer each time. */
function mayBeKept(
  { operation, options, request }: MiddlewareCall,
  { sampled = false }: StoredCacheOptions,
): boolean {
  const { temperature } = request;
  return (
    KEPT[operation] !== undefined &&
    options.cache &&
    (sampled || !(typeof temperature === 'number' && temperature > 0))
  );
}

async function* replay<O extends Operation>(
  kept: Kept<O>,
  { parts, pauses }: CacheEntry<O>,
  { request, signal }: MiddlewareCall<O>,
  timing: boolean,
): Answer<O> {
  const told = kept.told(parts, request, { cached: true });
  for (const [at, part] of told.entries()) {
    if (timing) await sleep(pauses[at] ?? 0, signal);
    yield part;
  }
  return undefined;
}

/** Hands the parts on, and writes them. @returns whether the answer may be kept. */
async function* written<O extends Operation>(
  kept: Kept<O>,
  parts: AsyncIterable<Operations[O]['part']>,
  call: MiddlewareCall<O>,
  writer: EntryWriter,
): AsyncGenerator<Operations[O]['part'], boolean> {
  let isGood = true;
  let isWarned = false;
  for await (const part of parts) {
    isGood &&= kept?.isGood(part, call.request) === true;
    isWarned ||= (kept?.warnings(part).length ?? 0) > 0;
    writer.add(part);
    yield part;
  }
  // What the first of several did not do right need not hold for the one who is asked next time.
  return isGood && !call.signal.aborted && !(isWarned && call.route.length > 1);
}

/** The parts, with a warning on the first. */
async function* warned<O extends Operation>(
  kept: Kept<O>,
  parts: AsyncIterable<Operations[O]['part']>,
  { request }: MiddlewareCall<O>,
): Answer<O> {
  let isFirst = true;
  for await (const part of parts) {
    if (isFirst && kept !== undefined)
      yield* kept.told([part], request, { warnings: [...kept.warnings(part), NOT_READ] });
    else yield part;
    isFirst = false;
  }
  return undefined;
}
