// The body of a streamed answer: the next chunk is asked for when the caller's connection takes more.
import type { ChunkWriter } from '../dialects/dialect.ts';
import { failureOf } from '../failure/failure.ts';

const encoder = new TextEncoder();

/**
 * Writes an answer as it comes. A failure is told, and the body ends without what a complete answer ends with.
 *
 * @param begun chunks that have been read already.
 */
export const chunkBody = <Chunk>(
  begun: readonly Chunk[],
  stream: AsyncIterator<Chunk>,
  writer: ChunkWriter<Chunk>,
): ReadableStream<Uint8Array> =>
  new ReadableStream(new ChunkSource(begun, stream, writer), { highWaterMark: 0 });

class ChunkSource<Chunk> {
  #begun: readonly Chunk[];
  readonly #stream: AsyncIterator<Chunk>;
  readonly #writer: ChunkWriter<Chunk>;
  /** The caller has left: nothing can be written any more, whatever is still being read. */
  #isLeft = false;

  constructor(begun: readonly Chunk[], stream: AsyncIterator<Chunk>, writer: ChunkWriter<Chunk>) {
    this.#begun = begun;
    this.#stream = stream;
    this.#writer = writer;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { text, isLast } = await this.#next();
    if (this.#isLeft) return;
    controller.enqueue(encoder.encode(text));
    if (isLast) controller.close();
  }

  async cancel(): Promise<void> {
    this.#isLeft = true;
    await this.#stream.return?.();
  }

  /** A chunk that says nothing in this dialect is passed over: a read that gets nothing would never be repeated. */
  async #next(): Promise<{ readonly text: string; readonly isLast: boolean }> {
    try {
      let text = this.#begun.map((chunk) => this.#writer.write(chunk)).join('');
      this.#begun = [];
      while (text === '') {
        const { done, value } = await this.#stream.next();
        if (done) return { text: this.#writer.end(), isLast: true };
        text = this.#writer.write(value);
      }
      return { text, isLast: false };
    } catch (error) {
      await this.#stream.return?.();
      return { text: this.#writer.fail(failureOf(error)), isLast: true };
    }
  }
}
