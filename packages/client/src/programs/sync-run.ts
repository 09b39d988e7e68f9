// One run of a program over Client: its chunks by a loop, its result at once.
import { readTwice } from '../streams/read-once.ts';
import type { SyncProgramStream } from '../surface/programs.ts';
import { type LinkedSignal, leftError, linkedSignal } from './linked-signal.ts';

/** The chunks of a run, and what comes of it. */
export type SyncChunks<Chunk, Result> = Generator<Chunk, { readonly result: Result } | undefined>;

/** The run. It begins with the first look. */
export class SyncRun<Chunk, Result> implements SyncProgramStream<Chunk, Result> {
  readonly #begin: (signal: AbortSignal) => SyncChunks<Chunk, Result>;
  readonly #outer: AbortSignal | undefined;
  #under: { readonly chunks: SyncChunks<Chunk, Result>; readonly signal: LinkedSignal } | undefined;
  #end: { readonly result: Result } | { readonly error: unknown } | undefined;
  #isLeft = false;
  #isRead = false;
  /** Whether this thread is inside `next`: there a tool may stop its own run. */
  #isInside = false;

  /** @param begin gives the chunks, until `signal` fires. @param outer the caller's signal. */
  constructor(begin: (signal: AbortSignal) => SyncChunks<Chunk, Result>, outer: AbortSignal | undefined) {
    this.#begin = begin;
    this.#outer = outer;
  }

  next(): IteratorResult<Chunk, undefined> {
    if (this.#isLeft || this.#end !== undefined) return DONE;
    this.#isInside = true;
    try {
      const turn = this.#opened().chunks.next();
      if (turn.done !== true) return turn;
      if (turn.value !== undefined) this.#close(turn.value);
    } catch (error) {
      this.#close({ error });
      // Whoever stops a run knows.
      if (!this.#isLeft) throw error;
    } finally {
      this.#isInside = false;
    }
    return DONE;
  }

  result(): Result {
    while (this.next().done !== true);
    if (this.#end === undefined) throw leftError();
    if ('error' in this.#end) throw this.#end.error;
    return this.#end.result;
  }

  return(): IteratorResult<Chunk, undefined> {
    this.abort();
    return DONE;
  }

  abort(): void {
    this.#isLeft = true;
    if (this.#under === undefined || this.#end !== undefined) return;
    const { chunks, signal } = this.#under;
    signal.controller.abort();
    // One that runs ends by its signal.
    if (!this.#isInside) chunks.return(undefined);
    signal.release();
  }

  /** @throws G4FError `invalid-request` for a second loop. */
  [Symbol.iterator](): this {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this;
  }

  #opened() {
    if (this.#under === undefined) {
      const signal = linkedSignal(this.#outer);
      this.#under = { chunks: this.#begin(signal.controller.signal), signal };
    }
    return this.#under;
  }

  #close(end: { readonly result: Result } | { readonly error: unknown }): void {
    this.#end = end;
    this.#under?.signal.release();
  }
}

const DONE = { done: true, value: undefined } as const;
