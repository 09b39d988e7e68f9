// The bytes of one answer between the socket and its reader: pulled, bounded, and let go of as soon as possible.
import { joinBytes } from '../text/bytes.ts';

/** What the queue needs of the connection. */
export interface Connection {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** Bytes as they arrive. */
export interface ByteReader extends AsyncIterator<Uint8Array> {
  /** What `next` would give, where that needs no waiting: each promise costs a short answer as much as its bytes do. */
  nextNow?(): IteratorResult<Uint8Array, undefined> | undefined;
}

/** Above this many unread bytes the socket is paused, so that a slow reader slows the service down. */
const HIGH_WATER = 128 * 1024;
/** Small pieces are joined up to so many bytes, and larger ones handed out as they are: joining copies them. */
const JOINED_BYTES = 16 * 1024;
/** How long a finished answer's socket may take to end by itself and be used again, in ms. */
const LINGER_MS = 20;

type ByteResult = IteratorResult<Uint8Array, undefined>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * A queue of bytes with one writer (the socket) and one reader, who gets small pieces joined: a service that sends each
 * event in a packet of its own is then read in as few steps as its packets allow.
 */
export class BodyQueue implements AsyncIterableIterator<Uint8Array>, ByteReader {
  readonly #connection: Connection;
  readonly #onLeft: () => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #paused = false;
  #ended = false;
  #left = false;
  #failure: Error | undefined;
  #lingering: NodeJS.Timeout | undefined;
  /** Wakes the read that waits. */
  #wake: (() => void) | undefined;

  /** @param onLeft called when nothing more will come or be read; it may be called twice. */
  constructor(connection: Connection, onLeft: () => void) {
    this.#connection = connection;
    this.#onLeft = onLeft;
  }

  push(chunk: Uint8Array): void {
    if (this.#left) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#wake !== undefined) this.#wakeReader();
    else if (this.#bytes > HIGH_WATER && !this.#paused) {
      this.#paused = true;
      this.#connection.pause();
    }
  }

  end(): void {
    this.#settle();
  }

  /** The connection broke: the reader is told after the bytes that came before. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#failure = error;
    this.#settle();
  }

  async next(): Promise<ByteResult> {
    if (this.#chunks.length === 0 && !this.#ended && !this.#left) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const now = this.nextNow();
    if (now !== undefined) return now;
    const failure = this.#failure;
    this.#failure = undefined;
    throw failure;
  }

  nextNow(): ByteResult | undefined {
    if (this.#chunks.length > 0) return { done: false, value: this.#take() };
    if (this.#left) return DONE;
    return this.#ended && this.#failure === undefined ? DONE : undefined;
  }

  /** The reader leaves: the connection is closed unless the body had ended; a read that waits is done. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#left) {
      this.#leave();
      this.#close();
    }
    return DONE;
  }

  /** The reader has all it needs: the socket goes back to the pool if the body ends at once, and is closed otherwise. */
  release(): void {
    if (this.#left) return;
    this.#leave();
    if (this.#paused) this.#connection.resume();
    if (!this.#ended) this.#lingering = setTimeout(() => this.#close(), LINGER_MS).unref();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): Uint8Array {
    let count = 0;
    let bytes = 0;
    for (const { length } of this.#chunks) {
      if (count > 0 && bytes + length > JOINED_BYTES) break;
      count += 1;
      bytes += length;
    }
    const taken = joinBytes(this.#chunks.splice(0, count));
    this.#bytes -= bytes;
    if (this.#paused && this.#bytes === 0) {
      this.#paused = false;
      this.#connection.resume();
    }
    return taken;
  }

  #wakeReader(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #settle(): void {
    this.#ended = true;
    clearTimeout(this.#lingering);
    this.#onLeft();
    this.#wakeReader();
  }

  #leave(): void {
    this.#left = true;
    this.#chunks = [];
    this.#onLeft();
    this.#wakeReader();
  }

  #close(): void {
    if (!this.#ended) this.#connection.abort(new Error('the reader left'));
  }
}
