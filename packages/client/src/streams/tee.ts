// Two streams of one answer: each batch is read once, and kept until both have it.
import { sizeOf } from '@g4f/core/internal';
import { toAbortError } from '../errors/abort-error.ts';
import { Backlog } from './backlog.ts';

type Batch<Event> = readonly Event[];
type Step<Event> = IteratorResult<Batch<Event>, undefined>;

/** The stream that is teed; awaiting it throws what is known before the service is asked. */
interface TeeSource {
  readonly then?: unknown;
  next(): Promise<IteratorResult<unknown, undefined>>;
  abort(): void;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** The two branches of a stream. */
export class Tee<Event> {
  readonly #source: TeeSource;
  readonly #backlog = new Backlog<Batch<Event>>();
  #isComplete = false;
  #failure: { readonly error: unknown } | undefined;
  #pulling: Promise<void> | undefined;

  constructor(source: TeeSource) {
    this.#source = source;
  }

  /** Keeps the batches of the source as they pass. The source itself is given one event of each, so that one read is one batch. */
  keep(batches: AsyncIterator<Batch<Event>>): AsyncIterator<Batch<Event>> {
    return {
      next: async () => {
        const read = await batches.next();
        if (read.done) {
          this.#isComplete = true;
          return read;
        }
        this.#backlog.append(read.value, sizeOf(read.value));
        return { done: false, value: read.value.slice(-1) };
      },
      return: async () => {
        await batches.return?.();
        return DONE;
      },
    };
  }

  /** Throws what is known before the service is asked. */
  async prepare(): Promise<void> {
    try {
      await this.#source;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** The next batch of a branch. */
  async next(branch: 0 | 1): Promise<Step<Event>> {
    const reader = this.#backlog.readers[branch];
    if (reader.isUpToDate) await this.#pull();
    const batch = reader.take();
    if (batch !== undefined) return { done: false, value: batch };
    if (reader.isOut) return DONE;
    if (this.#failure !== undefined) throw this.#failure.error;
    if (!this.#isComplete) throw toAbortError({ reason: undefined });
    return DONE;
  }

  /** A branch wants no more. */
  leave(branch: 0 | 1): void {
    this.#backlog.readers[branch].leave();
    if (this.#backlog.isLeft) this.#source.abort();
  }

  /** Reads one batch more, once for both. */
  #pull(): Promise<void> {
    this.#pulling ??= this.#read();
    return this.#pulling;
  }

  async #read(): Promise<void> {
    try {
      await this.#source.next();
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#pulling = undefined;
    }
  }
}
