// The stream a Client gives: an iterator that blocks for each chunk and aborts the call when it is left.
import { type ChatCompletionChunk, type ChunkProjector, createProjector } from '@g4f/core';
import { DroppedStreams, type Watched } from '../dropped.ts';
import type { RouteAttempt, SyncChunkStream } from '../surface.ts';
import type { LiveCall } from './live-call.ts';
import { EventDecoder, Kind } from './records.ts';
import { reviveError } from './worker-error.ts';

type Step = IteratorResult<ChatCompletionChunk, undefined>;

const dropped = new DroppedStreams<LiveCall>((call) => call.abort());

/** The chunks of one answer. The call is sent when the first chunk is asked for. */
export class ChunkStream implements SyncChunkStream {
  readonly #start: () => LiveCall;
  readonly #project: ChunkProjector;
  readonly #decoder = new EventDecoder();
  #call: LiveCall | undefined;
  #watched: Watched<LiveCall> | undefined;
  #over = false;
  #route: readonly RouteAttempt[] = [];

  /** @param usageAlone see `createProjector`. */
  constructor(start: () => LiveCall, usageAlone: boolean) {
    this.#start = start;
    this.#project = createProjector(usageAlone);
  }

  get route(): readonly RouteAttempt[] {
    return this.#call?.route ?? this.#route;
  }

  next(): Step {
    if (this.#over) return { done: true, value: undefined };
    try {
      const call = this.#call ?? this.#begin();
      const kind = call.read();
      if (kind < Kind.Value)
        return { done: false, value: this.#project(this.#decoder.decode(kind, call.text)) };
      this.#leave();
      if (kind === Kind.Error) throw reviveError(call.text, this.next);
      return { done: true, value: undefined };
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  return(): Step {
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

  [Symbol.iterator](): this {
    return this;
  }

  [Symbol.dispose](): void {
    this.abort();
  }

  #begin(): LiveCall {
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
    this.#call = undefined;
  }
}
