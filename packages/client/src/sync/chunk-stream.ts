// The stream a Client gives: an iterator that blocks for each chunk and aborts the call when it is left.
import { AbandonedStreams, type Watched } from '../streams/abandoned-streams.ts';
import { INSPECT, type Inspecting, inspectStream } from '../streams/inspect-stream.ts';
import { readTwice } from '../streams/read-once.ts';
import type { SyncPartStream } from '../surface/part-stream.ts';
import { type Received, type ResponseHeaders, readReceived } from '../surface/received.ts';
import type { RouteAttempt } from '../surface/route-attempt.ts';
import type { BlockingCall } from './blocking-call.ts';
import { Kind } from './event-codec.ts';
import { reviveError } from './worker-error.ts';

/** Makes of a record, whose kind this is, what the reader is given. */
export type ReadRecord<Part> = (kind: number, call: BlockingCall) => Part;

const dropped = new AbandonedStreams<BlockingCall>((call) => call.abort());

/** The chunks of one answer. The call is sent when the first chunk is asked for. */
export class BlockingReader<Part> implements SyncPartStream<Part> {
  readonly #start: () => BlockingCall;
  readonly #name: string;
  readonly #readRecord: ReadRecord<Part>;
  #call: BlockingCall | undefined;
  #watched: Watched<BlockingCall> | undefined;
  #over = false;
  #isRead = false;
  #route: readonly RouteAttempt[] = [];
  #received: string | undefined;

  /** @param name what is shown of a stream that is printed. */
  constructor(name: string, start: () => BlockingCall, readRecord: ReadRecord<Part>) {
    this.#name = name;
    this.#start = start;
    this.#readRecord = readRecord;
  }

  get route(): readonly RouteAttempt[] {
    return this.#call?.route ?? this.#route;
  }

  get requestId(): string | null | undefined {
    return this.#readReceived()?.requestId;
  }

  get headers(): ResponseHeaders | undefined {
    return this.#readReceived()?.headers;
  }

  [INSPECT](...given: Inspecting): string {
    const state = this.#over
      ? 'ended'
      : this.#isRead || this.#call !== undefined
        ? 'being read'
        : 'not read yet';
    return inspectStream(this.#name, state, this.route, given);
  }

  next(): IteratorResult<Part, undefined> {
    return this.read(this.next);
  }

  /** The next chunk, read for a function whose caller is told of a failure. */
  read(reader: () => unknown): IteratorResult<Part, undefined> {
    if (this.#over) return { done: true, value: undefined };
    try {
      const call = this.#call ?? this.#begin();
      const kind = call.read();
      if (kind < Kind.Value) return { done: false, value: this.#readRecord(kind, call) };
      this.#leave();
      if (kind === Kind.Error) throw reviveError(call.text, reader);
      return { done: true, value: undefined };
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  return(): IteratorResult<Part, undefined> {
    this.abort();
    return { done: true, value: undefined };
  }

  throw(error: unknown): never {
    this.abort();
    throw error;
  }

  abort(): void {
    this.#call?.abort();
    this.#leave();
  }

  /** @throws G4FError `invalid-request` for a second loop. */
  [Symbol.iterator](): IterableIterator<Part> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return new BlockingLoop(this);
  }

  [Symbol.dispose](): void {
    this.abort();
  }

  #readReceived(): Received | undefined {
    return readReceived(this.#call?.received ?? this.#received);
  }

  #begin(): BlockingCall {
    const call = this.#start();
    this.#watched = dropped.watch(this, call);
    this.#call = call;
    return call;
  }

  #leave(): void {
    this.#over = true;
    if (this.#watched !== undefined) dropped.forget(this.#watched);
    this.#watched = undefined;
    if (this.#call === undefined) return;
    this.#route = this.#call.route;
    this.#received = this.#call.received;
    this.#call = undefined;
  }
}

/** What a loop reads: it may be handed on and gone through further, while the stream knows that it has its reader. */
class BlockingLoop<Part> implements IterableIterator<Part> {
  readonly #stream: BlockingReader<Part>;

  constructor(stream: BlockingReader<Part>) {
    this.#stream = stream;
  }

  next(): IteratorResult<Part, undefined> {
    return this.#stream.read(this.next);
  }

  return(): IteratorResult<Part, undefined> {
    return this.#stream.return();
  }

  throw(error: unknown): never {
    return this.#stream.throw(error);
  }

  [Symbol.iterator](): this {
    return this;
  }
}
