// One run of a program over AsyncClient: its chunks by `for await`, its result by promise.
import type { Abortable } from '@g4f/core';
import { readTwice } from '../streams/read-once.ts';
import type { AsyncProgramStream } from '../surface/programs.ts';
import { type LinkedSignal, leftError, linkedSignal } from './linked-signal.ts';

/** The chunks of a run, and what comes of it. */
export type AsyncChunks<Chunk, Result> = AsyncGenerator<Chunk, { readonly result: Result } | undefined>;

/** The run. It begins with the first look. */
export class AsyncRun<Chunk, Result> implements AsyncProgramStream<Chunk, Result> {
  readonly #begin: (signal: AbortSignal) => AsyncChunks<Chunk, Result>;
  readonly #outer: readonly (Abortable | undefined)[];
  #under: { readonly chunks: AsyncChunks<Chunk, Result>; readonly signal: LinkedSignal } | undefined;
  #end: { readonly result: Result } | { readonly error: unknown } | undefined;
  #isLeft = false;
  #isRead = false;

  /** @param begin gives the chunks, until `signal` fires. @param outer what else ends the run. */
  constructor(
    begin: (signal: AbortSignal) => AsyncChunks<Chunk, Result>,
    outer: readonly (Abortable | undefined)[],
  ) {
    this.#begin = begin;
    this.#outer = outer;
  }

  async next(): Promise<IteratorResult<Chunk, undefined>> {
    if (this.#isLeft || this.#end !== undefined) return DONE;
    try {
      const turn = await this.#opened().chunks.next();
      if (turn.done !== true) return turn;
      if (turn.value !== undefined) this.#close(turn.value);
    } catch (error) {
      this.#close({ error });
      // Whoever stops a run knows.
      if (!this.#isLeft) throw error;
    }
    return DONE;
  }

  async result(): Promise<Result> {
    while ((await this.next()).done !== true);
    if (this.#end === undefined) throw leftError();
    if ('error' in this.#end) throw this.#end.error;
    return this.#end.result;
  }

  async return(): Promise<IteratorResult<Chunk, undefined>> {
    await this.#leave();
    return DONE;
  }

  abort(): void {
    void this.#leave();
  }

  /** @throws G4FError `invalid-request` for a second loop. */
  [Symbol.asyncIterator](): this {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return this;
  }

  #opened() {
    if (this.#under === undefined) {
      const signal = linkedSignal(...this.#outer);
      this.#under = { chunks: this.#begin(signal.controller.signal), signal };
    }
    return this.#under;
  }

  async #leave(): Promise<void> {
    this.#isLeft = true;
    if (this.#under === undefined || this.#end !== undefined) return;
    const { chunks, signal } = this.#under;
    signal.controller.abort();
    // What is thrown now is what the abort made of the call under way.
    await chunks.return(undefined).catch(() => undefined);
    signal.release();
  }

  #close(end: { readonly result: Result } | { readonly error: unknown }): void {
    this.#end = end;
    this.#under?.signal.release();
  }
}

const DONE = { done: true, value: undefined } as const;
