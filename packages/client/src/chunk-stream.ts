// The chunks of one answer, handed out one by one: the only object that stands between the stages and the reader's loop.
import { type Batch, type ChatCompletionChunk, createProjector } from '@g4f/core';
import type { AsyncChunkStream } from './surface.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * @param open begins the call; not before the first chunk is asked for.
 * @param abort closes the connection.
 * @param usageAlone see `createProjector`.
 */
export const createChunkStream = (
  open: () => AsyncIterator<Batch>,
  abort: () => void,
  usageAlone: boolean,
): AsyncChunkStream => {
  const project = createProjector(usageAlone);
  let source: AsyncIterator<Batch> | undefined;
  let batch: Batch = [];
  let at = 0;
  let over = false;
  // Calls of next() that overlap are answered in their order.
  let last: Promise<unknown> = Promise.resolve();
  let reading = 0;

  const read = async (): Promise<IteratorResult<ChatCompletionChunk>> => {
    for (;;) {
      const event = batch[at];
      if (event !== undefined) {
        at += 1;
        return { done: false, value: project(event) };
      }
      if (over) return DONE;
      try {
        source ??= open();
        const next = await source.next();
        if (next.done) over = true;
        batch = next.done ? [] : next.value;
        at = 0;
      } catch (error) {
        over = true;
        throw error;
      }
    }
  };
  const readInTurn = (): Promise<IteratorResult<ChatCompletionChunk>> => {
    const turn = reading === 0 ? read() : last.then(read, read);
    reading += 1;
    const done = (): void => {
      reading -= 1;
    };
    turn.then(done, done);
    last = turn;
    return turn;
  };
  const leave = async (): Promise<IteratorReturnResult<undefined>> => {
    if (!over) {
      over = true;
      batch = [];
      abort();
      // Runs what the stages have to let go of; they may be in the middle of a read that the abort has just broken.
      source?.return?.().catch(() => undefined);
    }
    return DONE;
  };

  return {
    next() {
      const event = reading === 0 ? batch[at] : undefined;
      if (event === undefined) return readInTurn();
      at += 1;
      return Promise.resolve({ done: false, value: project(event) });
    },
    return: leave,
    async throw(error) {
      await leave();
      throw error;
    },
    abort() {
      void leave();
    },
    async [Symbol.asyncDispose]() {
      await leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
