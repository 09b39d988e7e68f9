// Batches whose source is opened when the first is asked for.
import type { Batch } from '@g4f/core';

type Source = AsyncIterator<Batch, undefined>;
type Read = IteratorResult<Batch, undefined>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What an async generator with one `yield*` would be. By hand, because it stands between the socket and every chunk: a
 * generator takes each read apart and puts it together again.
 */
export class LaterBatches implements AsyncIterableIterator<Batch> {
  #open: (() => Promise<Source>) | undefined;
  #source: Source | undefined;
  #isLeft = false;
  // Reads that overlap are answered in their order, as a generator's are.
  #underWay = 0;
  #last: Promise<Read> | undefined;
  readonly #ended = (): void => {
    this.#underWay -= 1;
  };

  /** @param open is called once. */
  constructor(open: () => Promise<Source>) {
    this.#open = open;
  }

  next(): Promise<Read> {
    const before = this.#underWay === 0 ? undefined : this.#last;
    const read = before === undefined ? this.#read() : this.#readAfter(before);
    this.#underWay += 1;
    read.then(this.#ended, this.#ended);
    this.#last = read;
    return read;
  }

  async return(): Promise<Read> {
    this.#isLeft = true;
    await this.#source?.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #read(): Promise<Read> {
    return this.#source === undefined ? this.#first() : this.#source.next();
  }

  #readAfter(before: Promise<Read>): Promise<Read> {
    const read = (): Promise<Read> => this.#read();
    return before.then(read, read);
  }

  async #first(): Promise<Read> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined || this.#isLeft) return DONE;
    const source = await open();
    if (this.#isLeft) {
      await source.return?.();
      return DONE;
    }
    this.#source = source;
    return source.next();
  }
}
