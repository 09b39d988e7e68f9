// Reads an answer that comes in pieces, and knows when it is complete, cut, or waits for nothing more.
import type { BatchResult, StreamEvent } from '@g4f/core';
import type { ByteReader } from '../transport/body.ts';
import { Mutex } from './mutex.ts';
import { DONE, Patience } from './patience.ts';
import { PayloadReader, type PayloadSource } from './payload-reader.ts';

/** A body that has begun, and what it is read with. */
export interface AnswerStream extends PayloadSource {
  readonly bytes: ByteReader;
  /** Called at the end, good or bad, before the reader hears of it. */
  over(isComplete: boolean): void;
}

/** What has come is read into one batch up to so many bytes: the events in it live until the last has been read. */
const BATCH_BYTES = 48 * 1024;

/**
 * Reads a stream. A class and no async generator, because it stands between the socket and every chunk: what is read is
 * made into events in one synchronous step.
 */
export class StreamReader {
  readonly #stream: AnswerStream;
  readonly #payloads: PayloadReader;
  readonly #patience = new Patience();
  readonly #turns = new Mutex();
  /** What has been read and not looked at. */
  #unread: IteratorResult<Uint8Array> | undefined;
  #hasBegun = false;
  #isOver = false;
  #failure: { readonly thrown: unknown } | undefined;

  /** @param head what has been read of the body: not empty. */
  constructor(stream: AnswerStream, head: Uint8Array) {
    this.#stream = stream;
    this.#payloads = new PayloadReader(stream);
    this.#unread = { done: false, value: head };
  }

  /**
   * The events of as many reads as it takes to have one; done at the good end.
   * @throws G4FError `bad-response`, `stream-truncated`, or what the service reports; what came before it has been returned.
   */
  async next(): Promise<BatchResult> {
    const turn = this.#turns.enter();
    if (turn !== undefined) await turn;
    try {
      while (!this.#isOver) {
        const events: StreamEvent[] = [];
        try {
          this.#unread ??= this.#stream.bytes.nextNow?.() ?? (await this.#read());
          this.#takeAll(this.#unread, events);
        } catch (thrown) {
          this.#isOver = true;
          this.#failure = { thrown };
          this.#stream.decoder.abandon(events);
        }
        if (events.length > 0) return { done: false, value: events };
      }
      return this.#end();
    } finally {
      this.#turns.leave();
    }
  }

  #end(): BatchResult {
    const failure = this.#failure;
    this.#failure = undefined;
    this.#stream.over(failure === undefined);
    if (failure !== undefined) throw failure.thrown;
    return DONE;
  }

  #read(): Promise<IteratorResult<Uint8Array>> {
    const { bytes, response } = this.#stream;
    return this.#payloads.mayBeOver ? this.#patience.next(bytes, response.leftMs?.()) : bytes.next();
  }

  /**
   * Takes what else has come with it, up to a limit: each batch costs its reader some promises. Not so the beginning, which
   * is waited for by the promises of a whole call; those that live long enough keep what they brought.
   */
  #takeAll(first: IteratorResult<Uint8Array>, events: StreamEvent[]): void {
    let room = this.#hasBegun ? BATCH_BYTES : 0;
    this.#hasBegun = true;
    let read: IteratorResult<Uint8Array> | undefined = first;
    while (read !== undefined) {
      const chunk = read.done ? undefined : read.value;
      this.#take(chunk, events);
      room -= chunk?.length ?? 0;
      read = this.#isOver || room <= 0 ? undefined : this.#stream.bytes.nextNow?.();
    }
  }

  /** @param chunk undefined at the end of the body. */
  #take(chunk: Uint8Array | undefined, events: StreamEvent[]): void {
    this.#unread = undefined;
    if (chunk === undefined) this.#payloads.end(events);
    else {
      this.#payloads.push(chunk, events);
      // Any byte shows that the service goes on: what belongs to the answer may come in many small pieces.
      this.#patience.renew(this.#stream.decoder.patienceMs?.());
    }
    if (chunk !== undefined && !this.#payloads.isComplete) return;
    this.#isOver = true;
    this.#stream.decoder.close(events);
  }
}
