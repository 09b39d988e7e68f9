// What a stream of a client needs of its call, whatever it makes of the parts.
import { LightAbort } from '@g4f/core/internal';
import type { Closing } from '../errors/client-closing.ts';
import { peek } from '../options/unreadable.ts';
import type { CallOptions } from '../surface/options.ts';
import type { Received, RouteAttempt } from '../surface/received.ts';
import { createLog } from './create-log.ts';
import type { LoadOperation } from './create-whole.ts';
import { givenNow } from './given-now.ts';
import type { Parts } from './operation-kind.ts';

/** What stands around the streams of a client. */
export interface StreamTerms {
  /** The client's own signal, for calls that bring none. */
  readonly clientSignal: AbortSignal | undefined;
  /** The end of the client. */
  readonly closing: Closing;
}

/**
 * The source of a stream but for its name and what becomes of the parts. Nothing is asked before it is opened. A class, because each open
 * stream has one, and would hold a closure for each of its methods.
 */
export class CallSource<Part, Answer> {
  readonly signal: AbortSignal | undefined;
  readonly closing: Closing;
  readonly abort: () => void;
  readonly #load: LoadOperation<Part, Answer>;
  readonly #given: unknown;
  readonly #options: CallOptions | undefined;
  readonly #reader = new LightAbort();
  readonly #log = createLog();

  constructor(
    load: LoadOperation<Part, Answer>,
    params: { readonly signal?: AbortSignal },
    options: CallOptions | undefined,
    { clientSignal, closing }: StreamTerms,
  ) {
    const reader = this.#reader;
    const signal = peek(options, 'signal') ?? peek(params, 'signal') ?? clientSignal;
    // One that cannot be looked at is refused by the call.
    this.signal = peek(signal, 'aborted') == null ? undefined : signal;
    this.closing = closing;
    this.abort = () => reader.abort();
    this.#load = load;
    this.#given = givenNow(params);
    this.#options = options;
  }

  /** Asks, when the first part is asked for. */
  async open(): Promise<Parts<Part>> {
    const { engine, kind } = await this.#load();
    return engine.run(kind, this.#given, {
      options: this.#options,
      readerSignal: this.#reader,
      log: this.#log,
    });
  }

  route(): readonly RouteAttempt[] {
    return this.#log.attempts;
  }

  received(): Received | undefined {
    return this.#log.received;
  }
}
