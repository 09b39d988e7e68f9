// The stream a Client gives: an iterator that blocks for each chunk and aborts the call when it is left.
import { type ChatCompletionChunk, type ChunkProjector, createProjector } from '@g4f/core';
import { AbandonedStreams, type Watched } from '../streams/abandoned-streams.ts';
import { INSPECT, type Inspecting, inspectStream } from '../streams/inspect-stream.ts';
import { readTwice } from '../streams/read-once.ts';
import type { RouteAttempt, SyncChunkStream } from '../surface/chat.ts';
import { type Received, type ResponseHeaders, readReceived } from '../surface/received.ts';
import type { BlockingCall } from './blocking-call.ts';
import { EventDecoder, Kind } from './event-codec.ts';
import { reviveError } from './worker-error.ts';

type BlockingResult = IteratorResult<ChatCompletionChunk, undefined>;

const dropped = new AbandonedStreams<BlockingCall>((call) => call.abort());

/** The chunks of one answer. The call is sent when the first chunk is asked for. */
export class BlockingChunkReader implements SyncChunkStream {
  readonly #start: () => BlockingCall;
  readonly #project: ChunkProjector;
  readonly #decoder = new EventDecoder();
  #call: BlockingCall | undefined;
  #watched: Watched<BlockingCall> | undefined;
  #over = false;
  #isRead = false;
  #route: readonly RouteAttempt[] = [];
  #received: string | undefined;

  /** @param usageAlone see `createProjector`. */
  constructor(start: () => BlockingCall, usageAlone: boolean) {
    this.#start = start;
    this.#project = createProjector(usageAlone);
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
    return inspectStream('SyncChunkStream', state, this.route, given);
  }

  next(): BlockingResult {
    return this.read(this.next);
  }

  /** The next chunk, read for a function whose caller is told of a failure. */
  read(reader: () => BlockingResult): BlockingResult {
    if (this.#over) return { done: true, value: undefined };
    try {
      const call = this.#call ?? this.#begin();
      const kind = call.read();
      if (kind < Kind.Value)
        return { done: false, value: this.#project(this.#decoder.decode(kind, call.text)) };
      this.#leave();
      if (kind === Kind.Error) throw reviveError(call.text, reader);
      return { done: true, value: undefined };
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  return(): BlockingResult {
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
  [Symbol.iterator](): IterableIterator<ChatCompletionChunk> {
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
class BlockingLoop implements IterableIterator<ChatCompletionChunk> {
  readonly #stream: BlockingChunkReader;

  constructor(stream: BlockingChunkReader) {
    this.#stream = stream;
  }

  next(): BlockingResult {
    return this.#stream.read(this.next);
  }

  return(): BlockingResult {
    return this.#stream.return();
  }

  throw(error: unknown): never {
    return this.#stream.throw(error);
  }

  [Symbol.iterator](): this {
    return this;
  }
}
