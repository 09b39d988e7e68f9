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
  /** The connection broke: the reader is told after the chunks that came before. */
  fail(error: Error): void;
  /** The reader leaves: the connection is closed unless the body had ended; a read that waits is done. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** The reader has all it needs: the socket goes back to the pool if the body ends at once, and is closed otherwise. */
  release(): void;
}

interface Waiter {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: Error): void;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Long because its methods share one state, which nothing else may touch.
 *
 * @param onLeft called when nothing more will come or be read; it may be called twice.
 */
export const createBodyQueue = (connection: Connection, onLeft: () => void): BodyQueue => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let paused = false;
  let ended = false;
  let left = false;
  let failure: Error | undefined;
  let waiter: Waiter | undefined;

  const takeWaiter = (): Waiter | undefined => {
    const taken = waiter;
    waiter = undefined;
    return taken;
  };
  const leave = (): void => {
    left = true;
    chunks.length = 0;
    onLeft();
    takeWaiter()?.resolve(DONE);
  };
  const settle = (): Waiter | undefined => {
    ended = true;
    onLeft();
    return takeWaiter();
  };
  const close = (): void => {
    if (!ended) connection.abort(new Error('the reader left'));
  };

  return {
    push(chunk) {
      if (left) return;
      const reader = takeWaiter();
      if (reader !== undefined) {
        reader.resolve({ done: false, value: chunk });
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
      settle()?.resolve(DONE);
    },
    fail(error) {
      if (ended) return;
      const reader = settle();
      if (reader === undefined) failure = error;
      else reader.reject(error);
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
      if (left) return DONE;
      if (failure !== undefined) {
        left = true;
        throw failure;
      }
      if (ended) return DONE;
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
      if (left) return;
      leave();
      if (paused) connection.resume();
      if (!ended) setTimeout(close, LINGER_MS).unref();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
