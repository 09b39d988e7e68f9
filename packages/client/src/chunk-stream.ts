// The chunks of one answer, handed out one by one: the only object that stands between the stages and the reader's loop.
import { type Batch, type ChatCompletionChunk, createProjector } from '@g4f/core';
import { type CallSite, tellCaller } from './call-site.ts';
import type { AsyncChunkStream, RouteAttempt } from './surface.ts';

/** Where the chunks come from. */
export interface ChunkSource {
  /** Begins the call; not before the first chunk is asked for. */
  open(): AsyncIterator<Batch>;
  /** Closes the connection. Must not hold the stream, which could then never be dropped. */
  abort(): void;
  /** Who has been asked so far. */
  route(): readonly RouteAttempt[];
  /** The caller's own: once it is aborted nothing more is handed out, not even what has been read. */
  readonly signal?: AbortSignal | undefined;
  /** Where the call was made. */
  readonly site?: CallSite;
  /** See `createProjector`. */
  readonly usageAlone?: boolean;
}

type Step = IteratorResult<ChatCompletionChunk, undefined>;

/** A stream that is dropped in the middle is left at the next garbage collection; until then its service waits. */
const dropped = new FinalizationRegistry<() => void>((leave) => leave());

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** The stream over a source. It ends after its first error. */
export const createChunkStream = ({
  open,
  abort,
  route,
  signal,
  site = {},
  usageAlone,
}: ChunkSource): AsyncChunkStream => {
  const project = createProjector(usageAlone);
  let source: AsyncIterator<Batch> | undefined;
  let batch: Batch = [];
  let at = 0;
  let over = false;
  // Calls of next() that overlap are answered in their order.
  let last: Promise<unknown> = Promise.resolve();
  let reading = 0;

  const end = (): void => {
    over = true;
    // At once, because the stack of an abort holds the stream that it was called on.
    dropped.unregister(abort);
  };
  const fromBatch = (): Step | undefined => {
    const event = signal?.aborted === true ? undefined : batch[at];
    if (event === undefined) return undefined;
    at += 1;
    return { done: false, value: project(event) };
  };
  const read = async (): Promise<Step> => {
    for (;;) {
      if (over) return DONE;
      const step = fromBatch();
      if (step !== undefined) return step;
      try {
        source ??= open();
        const next = await source.next();
        if (next.done) end();
        batch = next.done || over ? [] : next.value;
        at = 0;
      } catch (error) {
        // What the stages say when the reader has left is not for the reader.
        if (over) return DONE;
        end();
        throw tellCaller(error, site);
      }
    }
  };
  const readInTurn = (): Promise<Step> => {
    const turn = reading === 0 ? read() : last.then(read, read);
    reading += 1;
    const done = (): void => {
      reading -= 1;
    };
    turn.then(done, done);
    last = turn;
    return turn;
  };
  const leave = (): void => {
    if (over) return;
    end();
    batch = [];
    abort();
    // Runs what the stages have to let go of; they may be in the middle of a read that the abort has just broken.
    source?.return?.().catch(() => undefined);
  };

  const stream: AsyncChunkStream = {
    get route() {
      return route();
    },
    next() {
      const step = reading === 0 ? fromBatch() : undefined;
      return step === undefined ? readInTurn() : Promise.resolve(step);
    },
    async return() {
      leave();
      return DONE;
    },
    async throw(error) {
      leave();
      throw error;
    },
    abort: leave,
    async [Symbol.asyncDispose]() {
      leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  dropped.register(stream, leave, abort);
  return stream;
};
