// The bytes of one answer between the socket and its reader: pulled, bounded, and let go of as soon as possible.

/** What the queue needs of the connection. */
export interface Connection {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** Above this many unread bytes the socket is paused, so that a slow reader slows the service down. */
const HIGH_WATER = 128 * 1024;
/** How long a finished answer's socket may take to end by itself and be used again, in ms. */
const LINGER_MS = 20;

/** A queue of byte chunks with one writer (the socket) and one reader. */
export interface BodyQueue extends AsyncIterableIterator<Uint8Array> {
  push(chunk: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
  /** The reader has all it needs: the socket goes back to the pool if the body ends at once, and is closed otherwise. */
  release(): void;
}

interface Waiter {
  resolve(result: IteratorResult<Uint8Array>): void;
  reject(error: Error): void;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** @param onLeft called once, when nothing more will be read. */
export const createBodyQueue = (connection: Connection, onLeft: () => void): BodyQueue => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let paused = false;
  let ended = false;
  let left = false;
  let failure: Error | undefined;
  let waiter: Waiter | undefined;

  const leave = (): void => {
    if (left) return;
    left = true;
    chunks.length = 0;
    onLeft();
  };
  const settle = (): void => {
    ended = true;
    onLeft();
  };
  const close = (): void => {
    if (!ended) connection.abort(new Error('the reader left'));
  };

  return {
    push(chunk) {
      if (left) return;
      if (waiter !== undefined) {
        const { resolve } = waiter;
        waiter = undefined;
        resolve({ done: false, value: chunk });
        return;
      }
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > HIGH_WATER && !paused) {
        paused = true;
        connection.pause();
      }
    },
    end() {
      settle();
      waiter?.resolve(DONE);
      waiter = undefined;
    },
    fail(error) {
      settle();
      failure = error;
      waiter?.reject(error);
      waiter = undefined;
    },
    async next() {
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        bytes -= chunk.length;
        if (paused && bytes === 0) {
          paused = false;
          connection.resume();
        }
        return { done: false, value: chunk };
      }
      if (failure !== undefined && !left) throw failure;
      if (ended || left) return DONE;
      return new Promise((resolve, reject) => {
        waiter = { resolve, reject };
      });
    },
    async return() {
      if (!left) {
        leave();
        close();
      }
      return DONE;
    },
    release() {
      leave();
      if (paused) connection.resume();
      if (!ended) setTimeout(close, LINGER_MS).unref();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
