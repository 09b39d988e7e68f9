// The body of a streamed answer: the next chunk is asked for when the caller's connection takes more.

import { type MayBeReady, READY } from '@g4f/core/internal';
import type { Piece, PieceSource } from '../answer/answer.ts';
import type { ChunkWriter } from '../dialects/dialect.ts';
import type { Exchange } from './exchange.ts';

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
  stream: AsyncIterator<Chunk> & MayBeReady<Chunk>,
  writer: ChunkWriter<Chunk>,
  streaming: Streaming,
): PieceSource => new ChunkSource(begun, stream, writer, streaming);

class ChunkSource<Chunk> implements PieceSource {
  #begun: readonly Chunk[];
  /** The read that has begun. */
  #reading: Promise<IteratorResult<Chunk>> | undefined;
  readonly #stream: AsyncIterator<Chunk> & MayBeReady<Chunk>;
  readonly #writer: ChunkWriter<Chunk>;
  readonly #streaming: Streaming;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Whether the caller waits for a chunk since before the last tick of the timer. */
  #isWaiting = false;
  #wasWaiting = false;

  constructor(
    begun: readonly Chunk[],
    stream: AsyncIterator<Chunk> & MayBeReady<Chunk>,
    writer: ChunkWriter<Chunk>,
    streaming: Streaming,
  ) {
    this.#begun = begun;
    this.#stream = stream;
    this.#writer = writer;
    this.#streaming = streaming;
  }

  /** One timer for the whole stream: chunks only note that they came. */
  start(write: (data: string) => void): void {
    const { keepAlive } = this.#streaming;
    const sign = this.#writer.signOfLife;
    if (keepAlive === 0 || sign === undefined) return;
    this.#timer = setInterval(() => {
      if (this.#isWaiting && this.#wasWaiting) write(sign);
      this.#wasWaiting = this.#isWaiting;
    }, keepAlive);
  }

  async next(): Promise<Piece> {
    this.#isWaiting = true;
    const piece = await this.#read();
    this.#isWaiting = false;
    this.#wasWaiting = false;
    if (piece.isLast) clearInterval(this.#timer);
    return piece;
  }

  async cancel(): Promise<void> {
    clearInterval(this.#timer);
    await this.#stream.return?.();
  }

  /**
   * The next chunk, and with it those that have come with it: one write for a packet of the provider. A chunk that says nothing in this
   * dialect is passed over: a read that gets nothing would never be repeated.
   */
  async #read(): Promise<Piece> {
    let text = '';
    try {
      for (const chunk of this.#begun) text += this.#writer.write(chunk);
      this.#begun = [];
      while (text.length < MOST_AT_ONCE) {
        const result = this.#ready() ?? (await this.#arrived(text === ''));
        if (result === undefined) break;
        if (result.done) return { data: text + this.#writer.end(), isLast: true };
        text += this.#writer.write(result.value);
      }
      return { data: text, isLast: false };
    } catch (error) {
      await this.#stream.return?.();
      const failure = await this.#streaming.tell(error);
      this.#streaming.outcome.code = failure.code;
      return { data: text + this.#writer.fail(failure), isLast: true };
    }
  }

  /** What came with the chunk before: a promise for each would cost more than all else of it. */
  #ready(): IteratorResult<Chunk, undefined> | undefined {
    return this.#reading === undefined ? this.#stream[READY]?.() : undefined;
  }

  /** What comes next; undefined where it is not awaited and has not come. */
  async #arrived(isAwaited: boolean): Promise<IteratorResult<Chunk> | undefined> {
    this.#reading ??= this.#stream.next();
    const result = await (isAwaited ? this.#reading : ifThere(this.#reading));
    if (result !== undefined) this.#reading = undefined;
    return result;
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
