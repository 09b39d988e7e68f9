// The chunks of one answer, handed out one by one: the only object that stands between the stages and the reader's loop.
import type { Abortable, G4FError } from '@g4f/core';
import { READY } from '@g4f/core/internal';
import { toAbortError } from '../errors/abort-error.ts';
import { withCallerStack } from '../errors/caller-stack.ts';
import type { AsyncPartStream } from '../surface/part-stream.ts';
import type { Received, ResponseHeaders, RouteAttempt } from '../surface/received.ts';
import { AbandonedStreams, type Watched } from './abandoned-streams.ts';
import { INSPECT, type Inspecting, inspectStream } from './inspect-stream.ts';
import { readTwice } from './read-once.ts';
import type { StreamState } from './stream-state.ts';

/** The events of an answer, as their source hands them out. */
export interface Batches<Event> extends AsyncIterator<readonly Event[]> {
  prepare?(): Promise<void>;
}

/** Where the chunks come from. */
export interface ChunkSource<Event, Chunk> {
  /** What is shown of a stream that is printed. */
  readonly name: string;
  /** Begins the call; not before the first chunk is asked for. */
  open(): Promise<Batches<Event>>;
  /** Makes of an event what the reader is given. */
  readonly project: (event: Event) => Chunk;
  /** Closes the connection. Must not hold the stream, which could then never be dropped. */
  abort(): void;
  /** Who has been asked so far. */
  route(): readonly RouteAttempt[];
  /** What the service that answers said before its answer. */
  received(): Received | undefined;
  /** The caller's own: once it is aborted nothing more is handed out, not even what has been read. */
  readonly signal?: AbortSignal | undefined;
  /** The end of the client, which ends the stream in the same way. */
  readonly closing?: Pick<Abortable, 'aborted' | 'reason'> | undefined;
}

/** Makes of a source one that does something else besides. */
type Wrap<Event> = (batches: AsyncIterator<readonly Event[]>) => AsyncIterator<readonly Event[]>;

/** What a stream holds of its source; nothing in it may hold the stream, which could then never be dropped. */
interface Held<Event = unknown> {
  readonly abort: () => void;
  batches: AsyncIterator<readonly Event[]> | undefined;
}

const leave = ({ abort, batches }: Held): void => {
  abort();
  // Runs what the stages have to let go of; they may be in the middle of a read that the abort has just broken.
  batches?.return?.().catch(() => undefined);
};

const dropped = new AbandonedStreams<Held>(leave);

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

const NOTHING: readonly never[] = [];

const nothing = (): void => undefined;

/** The stream over a source. It ends after its first error. A class, because accessors of its own would give each a shape of its own. */
export class ChunkReader<Event, Chunk> implements AsyncPartStream<Chunk> {
  protected readonly source: ChunkSource<Event, Chunk>;
  readonly #held: Held<Event>;
  readonly #watched: Watched<Held>;
  #wrap: Wrap<Event> | undefined;
  #batch: readonly Event[] = NOTHING;
  #at = 0;
  #over = false;
  #opening: Promise<Batches<Event>> | undefined;
  /** One for all that await the stream, and for a read that comes before it has ended. */
  #preparing: Promise<void> | undefined;
  #isAwaited = false;
  #isRead = false;
  // Calls of next() that overlap are answered in their order.
  #last: Promise<unknown> | undefined;
  #reading = 0;

  constructor(source: ChunkSource<Event, Chunk>) {
    this.source = source;
    this.#held = { abort: source.abort, batches: undefined };
    this.#watched = dropped.watch(this, this.#held);
  }

  get route(): readonly RouteAttempt[] {
    return this.source.route();
  }

  get requestId(): string | null | undefined {
    return this.source.received()?.requestId;
  }

  get headers(): ResponseHeaders | undefined {
    return this.source.received()?.headers;
  }

  /**
   * What awaits a stream before it reads it is told what is known at once, and is given this very stream, which then has no
   * `then`. One that is being read has none either.
   */
  // biome-ignore lint/suspicious/noThenProperty: `await create({ stream: true })` is how OpenAI's library is used, and must not hide a failure until the first read.
  get then(): Promise<this>['then'] | undefined {
    if (this.#isAwaited || this.#over || this.#opening !== undefined) return undefined;
    return (resolve, reject) => {
      this.#isAwaited = true;
      this.#preparing ??= this.#prepare();
      return this.#preparing.then(() => this).then(resolve, reject);
    };
  }

  async #prepare(): Promise<void> {
    try {
      const batches = await this.#open();
      this.#hold(batches);
      await batches.prepare?.();
    } catch (error) {
      if (this.#over) return;
      this.#end();
      throw withCallerStack(error, this.#prepare);
    }
  }

  #hold(batches: Batches<Event>): AsyncIterator<readonly Event[]> {
    this.#held.batches ??= this.#wrap?.(batches) ?? batches;
    return this.#held.batches;
  }

  #open(): Promise<Batches<Event>> {
    this.#opening ??= this.source.open();
    return this.#opening;
  }

  /** Puts something between a stream and its source, below what is read by batches; it must not hold the stream. */
  static through<Event, Chunk>(stream: ChunkReader<Event, Chunk>, wrap: Wrap<Event>): void {
    const { batches } = stream.#held;
    const before = stream.#wrap;
    if (batches !== undefined) stream.#held.batches = wrap(batches);
    else stream.#wrap = before === undefined ? wrap : (below) => wrap(before(below));
  }

  /** How far a stream is. */
  static stateOf<Event, Chunk>(stream: ChunkReader<Event, Chunk>): StreamState {
    const isTaken = stream.#isRead || stream.#over || stream.#last !== undefined;
    return { isTaken, isOver: stream.#over };
  }

  [INSPECT](...given: Inspecting): string {
    const state = this.#over
      ? 'ended'
      : this.#isRead || this.#last !== undefined
        ? 'being read'
        : 'not read yet';
    return inspectStream(this.source.name, state, this.route, given);
  }

  next(): Promise<IteratorResult<Chunk, undefined>> {
    const step = this.#reading === 0 ? this[READY]() : undefined;
    if (step !== undefined) return Promise.resolve(step);
    // Nothing else may wait for this promise: V8 finds the reader by it when a failure is told (caller-stack.ts).
    const read = this.#read(this.#reading === 0 ? undefined : this.#last);
    this.#last = read;
    return read;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.abort();
    return DONE;
  }

  async throw(error: unknown): Promise<never> {
    this.abort();
    throw error;
  }

  abort(): void {
    if (this.#over) return;
    this.#end();
    this.#batch = NOTHING;
    leave(this.#held);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abort();
  }

  /** @throws G4FError `invalid-request` for a second loop. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Chunk> {
    if (this.#isRead) throw readTwice();
    this.#isRead = true;
    return new ChunkLoop(this);
  }

  /** What has been read already, without a promise. */
  [READY](): IteratorResult<Chunk, undefined> | undefined {
    const { signal, closing, project } = this.source;
    if (signal?.aborted === true || closing?.aborted === true) return undefined;
    const event = this.#batch[this.#at];
    if (event === undefined) return undefined;
    this.#at += 1;
    // What has been read is let go of before the next batch is there: with many streams that would be most of what lives.
    if (this.#at === this.#batch.length) this.#batch = NOTHING;
    return { done: false, value: project(event) };
  }

  /** @param before the read that must end first. */
  async #read(before: Promise<unknown> | undefined): Promise<IteratorResult<Chunk, undefined>> {
    this.#reading += 1;
    try {
      if (before !== undefined) await before.then(nothing, nothing);
      for (;;) {
        if (this.#over) return DONE;
        const step = this[READY]();
        if (step !== undefined) return step;
        if (this.#preparing !== undefined) await this.#preparing.catch(nothing);
        if (this.#over) return DONE;
        const next = await (this.#held.batches ?? this.#hold(await this.#open())).next();
        // The stages have come to their end before the reader has: what it was not given is missing.
        if (next.done && this.#batch.length > 0) throw this.#abortError();
        if (next.done) this.#end();
        this.#batch = next.done || this.#over ? NOTHING : next.value;
        this.#at = 0;
      }
    } catch (error) {
      // What the stages say when the reader has left is not for the reader.
      if (this.#over) return DONE;
      this.#end();
      throw withCallerStack(error, this.#read);
    } finally {
      this.#reading -= 1;
    }
  }

  #abortError(): G4FError {
    const { signal, closing } = this.source;
    return toAbortError(signal?.aborted === true ? signal : (closing ?? { reason: undefined }));
  }

  #end(): void {
    this.#over = true;
    // At once, because the stack of an abort holds the stream that it was called on.
    dropped.forget(this.#watched);
  }
}

/** What a loop reads: it may be handed on and gone through further, while the stream knows that it has its reader. */
class ChunkLoop<Event, Chunk> implements AsyncIterableIterator<Chunk> {
  readonly #stream: ChunkReader<Event, Chunk>;

  constructor(stream: ChunkReader<Event, Chunk>) {
    this.#stream = stream;
  }

  next(): Promise<IteratorResult<Chunk, undefined>> {
    return this.#stream.next();
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    return this.#stream.return();
  }

  throw(error: unknown): Promise<never> {
    return this.#stream.throw(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
