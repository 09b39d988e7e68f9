// The body of a streamed answer: the next chunk is asked for when the caller's connection takes more.
import type { ChunkWriter } from '../dialects/dialect.ts';
import type { Exchange } from './exchange.ts';

const encoder = new TextEncoder();

/** So many characters are written at once at the most, and one chunk: a caller that reads slowly keeps the provider back. */
const MOST_AT_ONCE = 32_768;

/** What of an exchange its streams look at. */
export type Streaming = Pick<Exchange, 'keepAlive' | 'outcome' | 'tell'>;

/**
 * Writes an answer as it comes. A failure is told, and the body ends without what a complete answer ends with. While the provider
 * says nothing, the dialect's sign of life is written, so that nothing between here and the caller takes the connection for dead.
 *
 * @param begun chunks that have been read already.
 */
export const chunkBody = <Chunk>(
  begun: readonly Chunk[],
  stream: AsyncIterator<Chunk>,
  writer: ChunkWriter<Chunk>,
  streaming: Streaming,
): ReadableStream<Uint8Array> =>
  new ReadableStream(new ChunkSource(begun, stream, writer, streaming), { highWaterMark: 0 });

class ChunkSource<Chunk> {
  #begun: readonly Chunk[];
  /** The read that has begun. */
  #reading: Promise<IteratorResult<Chunk>> | undefined;
  readonly #stream: AsyncIterator<Chunk>;
  readonly #writer: ChunkWriter<Chunk>;
  readonly #streaming: Streaming;
  /** The caller has left: nothing can be written any more, whatever is still being read. */
  #isLeft = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Whether the caller waits for a chunk since before the last tick of the timer. */
  #isWaiting = false;
  #wasWaiting = false;

  constructor(
    begun: readonly Chunk[],
    stream: AsyncIterator<Chunk>,
    writer: ChunkWriter<Chunk>,
    streaming: Streaming,
  ) {
    this.#begun = begun;
    this.#stream = stream;
    this.#writer = writer;
    this.#streaming = streaming;
  }

  /** One timer for the whole stream: chunks only note that they came. */
  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { keepAlive } = this.#streaming;
    const sign = this.#writer.signOfLife;
    if (keepAlive === 0 || sign === undefined) return;
    this.#timer = setInterval(() => {
      if (this.#isWaiting && this.#wasWaiting) controller.enqueue(encoder.encode(sign));
      this.#wasWaiting = this.#isWaiting;
    }, keepAlive);
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    this.#isWaiting = true;
    const { text, isLast } = await this.#next();
    this.#isWaiting = false;
    this.#wasWaiting = false;
    if (this.#isLeft) return;
    controller.enqueue(encoder.encode(text));
    if (!isLast) return;
    clearInterval(this.#timer);
    controller.close();
  }

  async cancel(): Promise<void> {
    this.#isLeft = true;
    clearInterval(this.#timer);
    await this.#stream.return?.();
  }

  /**
   * The next chunk, and with it those that have come with it: one write for a packet of the provider. A chunk that says nothing in this
   * dialect is passed over: a read that gets nothing would never be repeated.
   */
  async #next(): Promise<{ readonly text: string; readonly isLast: boolean }> {
    let text = '';
    try {
      for (const chunk of this.#begun) text += this.#writer.write(chunk);
      this.#begun = [];
      while (text.length < MOST_AT_ONCE) {
        this.#reading ??= this.#stream.next();
        const result = await (text === '' ? this.#reading : ifThere(this.#reading));
        if (result === undefined) break;
        this.#reading = undefined;
        if (result.done) return { text: text + this.#writer.end(), isLast: true };
        text += this.#writer.write(result.value);
      }
      return { text, isLast: false };
    } catch (error) {
      await this.#stream.return?.();
      const failure = await this.#streaming.tell(error);
      this.#streaming.outcome.code = failure.code;
      return { text: text + this.#writer.fail(failure), isLast: true };
    }
  }
}

/** What the promise has come to already; undefined if it has come to nothing yet, or has failed. */
async function ifThere<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  let there: Value | undefined;
  promise.then(
    (value) => {
      there = value;
    },
    () => undefined,
  );
  await undefined;
  return there;
}
