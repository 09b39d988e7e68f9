// What is read to its end by itself, unless a loop reads it, and tells what happens by events.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/lib/EventStream.ts
import { APIUserAbortError, OpenAIError } from '../errors/errors.ts';
import { toOpenAIError } from '../errors/to-openai-error.ts';
import { Listeners } from './listeners.ts';

/** The events that all have. */
export interface EndEvents {
  error: [error: OpenAIError | Error];
  /** It was aborted, or left before its end. */
  abort: [error: APIUserAbortError];
  /** The last one, whatever came before. */
  end: [];
}

/** The arguments of an event's listeners. */
export type GivenTo<Events, Name extends keyof Events> = Events[Name] extends readonly unknown[]
  ? Events[Name]
  : never;

/** Is called at an event. */
export type Listener<Events, Name extends keyof Events> = (...given: GivenTo<Events, Name>) => void;

const nothing = (): void => undefined;

/** Items, a result, and events between them. */
export abstract class EventStream<Item, Result, Events extends EndEvents> implements AsyncIterable<Item> {
  /** Its `abort()` ends all of it and closes the connection. */
  readonly controller = new AbortController();
  readonly #listeners = new Listeners<Events>();
  readonly #end: Promise<Result>;
  #resolve: (result: Result) => void = nothing;
  #reject: (error: unknown) => void = nothing;
  /** The one reading: by itself at first, then by the loop. */
  readonly #items = this.#read();
  /** What was read before the loop began. */
  readonly #ahead: Item[] = [];
  #driven: Promise<void> | undefined;
  #isAsked = false;
  #isRead = false;
  #ending: 'end' | 'error' | 'abort' | undefined;

  constructor(signal?: AbortSignal | null) {
    this.#end = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#end.catch(nothing);
    if (signal?.aborted === true) this.controller.abort(signal.reason);
    signal?.addEventListener('abort', () => this.controller.abort(signal.reason), { once: true });
    // Later, because listeners are added and a loop may begin in this very turn.
    setTimeout(() => {
      if (!this.#isRead) this.#driven = this.#drive();
    });
  }

  /** Gives the items, and at its end the result. Ends with the controller's signal. */
  protected abstract open(): AsyncGenerator<Item, Result>;

  /** Tells listeners of an item. */
  protected abstract see(item: Item): void;

  /** Tells listeners of the result. */
  protected abstract finish(result: Result): void;

  get ended(): boolean {
    return this.#ending !== undefined;
  }

  get errored(): boolean {
    return this.#ending === 'error';
  }

  get aborted(): boolean {
    return this.#ending === 'abort';
  }

  abort(): void {
    this.controller.abort();
  }

  on<Name extends keyof Events>(event: Name, listener: Listener<Events, Name>): this {
    this.#listeners.add(event, listener, false);
    return this;
  }

  once<Name extends keyof Events>(event: Name, listener: Listener<Events, Name>): this {
    this.#listeners.add(event, listener, true);
    return this;
  }

  off<Name extends keyof Events>(event: Name, listener: Listener<Events, Name>): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** What the listeners of the next such event are given first. Rejects where it fails before. */
  emitted<Name extends keyof Events>(event: Name): Promise<GivenTo<Events, Name>[0]> {
    this.#isAsked = true;
    return new Promise((resolve, reject) => {
      this.#listeners.add(event, (...given: GivenTo<Events, Name>) => resolve(given[0]), true);
      this.#end.catch(reject);
    });
  }

  /** Resolves at the end. Rejects where it fails, and for one that was left. */
  async done(): Promise<void> {
    await this.result();
  }

  /** All items, also those that came before the loop began. @throws OpenAIError for a second loop */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, undefined> {
    if (this.#isRead)
      throw new OpenAIError(
        'this stream is read already, or has been: its items come once. Ask again for another.',
      );
    this.#isRead = true;
    try {
      yield* this.#takeAhead();
      await this.#driven;
      yield* this.#takeAhead();
      if (this.errored) await this.#end;
      yield* this.#items;
    } finally {
      if (!this.ended) this.controller.abort();
      if (!this.ended) this.#fail(this.#abortError());
      void this.#items.return(undefined);
    }
  }

  protected emit<Name extends keyof Events>(event: Name, ...given: GivenTo<Events, Name>): void {
    this.#listeners.emit(event, ...given);
  }

  protected result(): Promise<Result> {
    this.#isAsked = true;
    return this.#end;
  }

  /** Reads until a loop begins. */
  async #drive(): Promise<void> {
    try {
      while (!this.#isRead) {
        const { done, value } = await this.#items.next();
        if (done === true) return;
        this.#ahead.push(value);
      }
    } catch (error) {
      // A loop that has begun throws it; whoever waits for the end, or listens, is told.
      const isTold = this.#isRead || this.#isAsked || this.#listeners.has('error');
      if (!isTold) void Promise.reject(error);
    }
  }

  *#takeAhead(): Generator<Item, undefined> {
    for (let item = this.#ahead.shift(); item !== undefined; item = this.#ahead.shift()) yield item;
  }

  async *#read(): AsyncGenerator<Item, undefined> {
    const items = this.open();
    try {
      for (;;) {
        const { done, value } = await items.next();
        if (done === true) {
          this.finish(value);
          this.#ending = 'end';
          this.#resolve(value);
          this.#listeners.emit('end');
          return;
        }
        this.see(value);
        yield value;
      }
    } catch (thrown) {
      const error = this.controller.signal.aborted ? this.#abortError() : toOpenAIError(thrown);
      this.#fail(error);
      // Whoever stops it knows.
      if (!this.aborted) throw error;
    } finally {
      await items.return(undefined as Result).catch(nothing);
    }
  }

  #abortError(): APIUserAbortError {
    return new APIUserAbortError('The caller has aborted the request.');
  }

  #fail(error: unknown): void {
    if (this.ended) return;
    this.#ending = error instanceof APIUserAbortError ? 'abort' : 'error';
    this.#reject(error);
    this.#listeners.emit(this.#ending, error);
    this.#listeners.emit('end');
  }
}
