// The parts of one answer as they come.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/core/streaming.ts
import type { AsyncAnswerStream } from '@g4f/client';
import { toOpenAIError } from '../errors/to-openai-error.ts';
import { readableOf } from './readable-of.ts';

/** What a stream is made of. */
export type StreamParts<Item> = Pick<AsyncAnswerStream<Item>, 'abort'> &
  AsyncIterable<Item> & {
    tee(): [StreamParts<Item>, StreamParts<Item>];
  };

/**
 * A stream, to be read with `for await`. Leaving the loop closes the connection. A failure is thrown as an `OpenAIError`, an
 * answer that was cut as an `APIConnectionError`; after an abort by the caller the loop ends without one.
 */
export class Stream<Item> implements AsyncIterable<Item> {
  /** Its `abort()` closes the connection. */
  readonly controller: AbortController;
  readonly #parts: StreamParts<Item>;
  readonly #signal: AbortSignal | undefined;

  /** @param signal the caller's own, besides that of the controller. */
  constructor(parts: StreamParts<Item>, controller: AbortController, signal?: AbortSignal | null) {
    this.controller = controller;
    this.#parts = parts;
    this.#signal = signal ?? undefined;
    controller.signal.addEventListener('abort', () => parts.abort(), { once: true });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, undefined> {
    try {
      yield* this.#parts;
    } catch (error) {
      if (this.#signal?.aborted === true || this.controller.signal.aborted) return;
      throw toOpenAIError(error);
    }
  }

  /**
   * Two streams of the same answer, each of which may be read at its own pace, as far as `LIMITS.teedCharacters` apart.
   * @throws an error for a stream that is read already.
   */
  tee(): [Stream<Item>, Stream<Item>] {
    try {
      const [left, right] = this.#parts.tee();
      return [
        new Stream(left, this.controller, this.#signal),
        new Stream(right, this.controller, this.#signal),
      ];
    } catch (error) {
      throw toOpenAIError(error);
    }
  }

  /** Bytes: each part as one line of JSON. */
  toReadableStream(): ReadableStream<Uint8Array> {
    return readableOf(this, (item) => `${JSON.stringify(item)}\n`);
  }
}
