// The stream a Client gives: an iterator that blocks for each chunk and aborts the call when it is left.
import { toAbortError } from '../errors/abort-error.ts';
import { AbandonedStreams, type Watched } from '../streams/abandoned-streams.ts';
import { INSPECT, type Inspecting, inspectStream } from '../streams/inspect-stream.ts';
import { readTwice } from '../streams/read-once.ts';
import type { StreamState } from '../streams/stream-state.ts';
import type { SyncAnswerStream } from '../surface/part-stream.ts';
import type { RouteAttempt } from '../surface/received.ts';
import {
  besideResponse,
  type Received,
  type ResponseHeaders,
  readReceived,
  type WithResponse,
} from '../surface/received.ts';
import { Kind } from '../sync/event-codec.ts';
import { reviveError } from '../sync/worker-error.ts';
import { BegunCall, type RecordCall, TakenCall } from './record-call.ts';
import { teeRecords } from './record-tee.ts';

/** Makes of a record, whose kind this is, what the reader is given. */
export type ReadRecord<Part> = (kind: number, call: RecordCall) => Part;

/** Makes what reads the records of one stream, because it may remember those before. */
export type MakeReader<Part> = () => ReadRecord<Part>;

const dropped = new AbandonedStreams<RecordCall>((call) => call.abort());

/** The chunks of one answer. The call is sent when the first chunk is asked for. */
export class BlockingReader<Part> implements SyncAnswerStream<Part> {
  readonly #start: () => RecordCall;
  readonly #name: string;
  readonly #toReader: MakeReader<Part>;
  #readRecord: ReadRecord<Part>;
  #call: RecordCall | undefined;
  #watched: Watched<RecordCall> | undefined;
  #over = false;
  #isRead = false;
  #isLeft = false;
  /** Whether the call was begun for its headers alone, and no record of it was handed out. */
  #isWaiting = false;
  #route: readonly RouteAttempt[] = [];
  #received: string | undefined;

  /** @param name what is shown of a stream that is printed. */
  constructor(name: string, start: () => RecordCall, toReader: MakeReader<Part>) {
    this.#name = name;
    this.#start = start;
    this.#toReader = toReader;
    this.#readRecord = toReader();
  }

  /** Reads the records that follow in another way. */
  static readBy<P>(stream: BlockingReader<P>, readRecord: ReadRecord<P>): void {
    stream.#readRecord = readRecord;
  }

  /** How far a stream is, and whether its reader left it before its end. */
  static stateOf<P>(stream: BlockingReader<P>): StreamState & { readonly isLeft: boolean } {
    const isBegun = stream.#call !== undefined && !stream.#isWaiting;
    const isTaken = stream.#isRead || stream.#over || isBegun;
    return { isTaken, isOver: stream.#over, isLeft: stream.#isLeft };
  }

  /** The records of a stream, for another reader than its own loop. @throws G4FError `invalid-request` if it has one */
  static take<P>(stream: BlockingReader<P>): RecordCall {
    if (BlockingReader.stateOf(stream).isTaken) throw readTwice(stream.#isLeft);
    stream.#isRead = true;
    return new TakenCall(
      () => {
        if (stream.#over) throw toAbortError({ reason: undefined });
        return stream.#call ?? stream.#begin();
      },
      () => stream.#leave(),
      () => stream.abort(),
    );
  }

  tee(): [SyncAnswerStream<Part>, SyncAnswerStream<Part>] {
    const [one, other] = teeRecords(BlockingReader.take(this));
    return [
      new BlockingReader(this.#name, () => one, this.#toReader),
      new BlockingReader(this.#name, () => other, this.#toReader),
    ];
  }

  withResponse(): WithResponse<this> {
    if (this.#call === undefined && !BlockingReader.stateOf(this).isTaken) {
      const call = new BegunCall(this.#begin());
      if (call.kind === Kind.Error) {
        this.#leave();
        throw reviveError(call.text, this.withResponse);
      }
      this.#call = call;
      this.#isWaiting = true;
    }
    return besideResponse(this, this.#readReceived());
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
    const state = this.#over ? 'ended' : BlockingReader.stateOf(this).isTaken ? 'being read' : 'not read yet';
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
      this.#isWaiting = false;
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
    if (!this.#over) this.#isLeft = true;
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

  #begin(): RecordCall {
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
