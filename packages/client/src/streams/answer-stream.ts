// A stream with all that can be done with one besides a loop: split, handed on as bytes, written elsewhere.
import { withCallerStack } from '../errors/caller-stack.ts';
import type { AsyncAnswerStream, PipeOptions } from '../surface/part-stream.ts';
import { besideResponse, type WithResponse } from '../surface/received.ts';
import { ChunkReader } from './chunk-stream.ts';
import { readFirst } from './first-batch.ts';
import { type ReadableSource, readableOf } from './readable.ts';
import { JSON_LINES, SERVER_SENT } from './server-sent.ts';
import { split } from './split.ts';

/** The stream over a source. */
export class AnswerStream<Event, Chunk>
  extends ChunkReader<Event, Chunk>
  implements AsyncAnswerStream<Chunk>, ReadableSource<Chunk>
{
  #isLeft = false;

  tee(): [AnswerStream<Event, Chunk>, AnswerStream<Event, Chunk>] {
    const { name, project } = this.source;
    return split(this, this.source, (source) => new AnswerStream({ ...source, name, project }));
  }

  toReadableStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return readableOf(this, JSON_LINES);
  }

  toResponse(init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'text/event-stream');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
    return new Response(readableOf(this, SERVER_SENT), { ...init, headers });
  }

  async pipeTo(writable: WritableStream<Chunk>, options?: PipeOptions): Promise<void> {
    return readableOf<Chunk, Chunk>(this, { part: (part) => part }).pipeTo(writable, options);
  }

  async withResponse(): Promise<WithResponse<this>> {
    try {
      if (!ChunkReader.stateOf(this).isTaken) await this.#begin();
    } catch (error) {
      throw withCallerStack(error, this.withResponse);
    }
    return besideResponse(this, this.source.received());
  }

  override abort(): void {
    this.#isLeft ||= !ChunkReader.stateOf(this).isOver;
    super.abort();
  }

  isLeft(): boolean {
    return this.#isLeft;
  }

  /** Waits for the first batch, and leaves it to the reader. */
  async #begin(): Promise<void> {
    await this;
    let begun: Promise<unknown> | undefined;
    ChunkReader.through(this, (batches) => {
      const { first, source } = readFirst(batches);
      begun = first;
      return source;
    });
    await begun;
  }
}
