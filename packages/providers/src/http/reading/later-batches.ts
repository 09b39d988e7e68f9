// Batches whose source is opened when the first is asked for.
import type { Batch, BatchResult } from '@g4f/core';
import { Mutex } from './mutex.ts';

type Source = AsyncIterator<Batch, undefined>;
const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What an async generator with one `yield*` would be. By hand, because it stands between the socket and every chunk: a
 * generator takes each read apart and puts it together again. Once it is open, reads that overlap are the source's to order.
 */
export class LaterBatches implements AsyncIterableIterator<Batch> {
  #open: (() => Promise<Source>) | undefined;
  readonly #turns = new Mutex();
  #source: Source | undefined;
  #isLeft = false;

  /** @param open is called once. */
  constructor(open: () => Promise<Source>) {
    this.#open = open;
  }

  next(): Promise<BatchResult> {
    return this.#source?.next() ?? this.#first();
  }

  async return(): Promise<BatchResult> {
    this.#isLeft = true;
    await this.#source?.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #first(): Promise<BatchResult> {
    const turn = this.#turns.enter();
    if (turn !== undefined) await turn;
    try {
      if (this.#open !== undefined && !this.#isLeft) {
        const open = this.#open;
        this.#open = undefined;
        this.#source = await open();
        if (this.#isLeft) await this.#source.return?.();
      }
    } finally {
      this.#turns.leave();
    }
    // Awaited, because a promise that is returned as it is takes two turns more.
    return this.#isLeft || this.#source === undefined ? DONE : await this.#source.next();
  }
}
