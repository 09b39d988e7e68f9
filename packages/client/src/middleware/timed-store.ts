// A store that is not waited for longer than so long, and whose failures are not those of a call.
import { isPromise, LightAbort } from '@g4f/core/internal';
import { sleep } from '../attempt/sleep.ts';
import type { CacheStore } from '../surface/middleware.ts';

/** What a store gave. */
interface StoreAnswer {
  readonly value: unknown;
}

/** Over a store of the program's. */
export class TimedStore {
  readonly #store: CacheStore;
  readonly #ms: number;

  /** @param ms how long it is waited for. */
  constructor(store: CacheStore, ms: number) {
    this.#store = store;
    this.#ms = ms;
  }

  /** What is there; undefined if the store failed, or said nothing in time. */
  get(key: string): Promise<StoreAnswer | undefined> {
    return this.#inTime(() => this.#store.get(key));
  }

  /** @param ttl in ms */
  async set(key: string, text: string, ttl: number | undefined): Promise<void> {
    await this.#inTime(() => this.#store.set(key, text, ttl));
  }

  async #inTime(work: () => unknown): Promise<StoreAnswer | undefined> {
    const enough = new LightAbort();
    try {
      const given = work();
      const value = isPromise(given) ? given.then((found: unknown) => ({ value: found })) : { value: given };
      return await Promise.race([value, sleep(this.#ms, enough).then(() => undefined)]);
    } catch {
      return undefined;
    } finally {
      enough.abort();
    }
  }
}
