// One call through its middleware: what comes out of the outermost is what the reader gets.

import { G4FError, isG4FError, redact, reworded, toG4FError } from '@g4f/core';
import { isPromise, LightAbort, toAbortSignal } from '@g4f/core/internal';
import { hidePrompt } from '@g4f/providers/send';
import { CallLife } from '../attempt/call-life.ts';
import { CallLog } from '../attempt/call-log.ts';
import { CallSignal } from '../attempt/call-signal.ts';
import { closeParts } from '../attempt/close-parts.ts';
import { onAbort } from '../attempt/on-abort.ts';
import type { PartCheck } from '../attempt/read-parts.ts';
import type { CallTerms, Engine } from '../engine/engine.ts';
import type { CheckedRequest, OperationKind, Parts } from '../engine/operation-kind.ts';
import { toAbortError } from '../errors/abort-error.ts';
import type { Closing } from '../errors/client-closing.ts';
import { isFields } from '../options/plain-value.ts';
import { type Settings, settle } from '../options/settings.ts';
import { partParams } from '../options/split-params.ts';
import { namedFallback } from '../routing/named-fallback.ts';
import { findRoute } from '../routing/route.ts';
import type { Middleware, MiddlewareCall } from '../surface/middleware.ts';
import type { ClientOptions } from '../surface/options.ts';
import { throughAll } from './handlers.ts';
import { middlewareOptionsOf } from './middleware-options-of.ts';
import { createPartCheck } from './part-check.ts';

/** A call, and what stands around it. */
export interface MiddlewareRun<Part> {
  readonly engine: Engine;
  readonly kind: OperationKind<Part, unknown>;
  readonly params: unknown;
  readonly terms: CallTerms;
  readonly client: ClientOptions;
  readonly use: readonly Middleware[];
  readonly closing: Closing | undefined;
}

interface Ready<Part> {
  readonly checked: CheckedRequest<Part>;
  readonly settings: Settings;
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** `next` throws a G4FError. It is called again only when it has been answered. */
export class MiddlewareParts<Part> implements Parts<Part> {
  readonly #run: MiddlewareRun<Part>;
  readonly #log: CallLog;
  #startedAt: number | undefined;
  /** Ends what is carried out below: the reader has left, or nothing more of it is wanted. */
  readonly #left = new LightAbort();
  #ready: Ready<Part> | undefined;
  #bound: CallSignal | undefined;
  #life: CallLife | undefined;
  #stopFollowing: (() => void) | undefined;
  #parts: AsyncIterator<Part> | undefined;
  #check: PartCheck | undefined;
  #first: Promise<IteratorResult<Part, undefined>> | undefined;
  /** What is carried out below, and its read under way. */
  #below: Parts<Part> | undefined;
  #reading: Promise<unknown> | undefined;
  #giveUp: ((error: unknown) => void) | undefined;
  #isOver = false;

  constructor(run: MiddlewareRun<Part>) {
    this.#run = run;
    this.#log = run.terms.log ?? new CallLog();
  }

  /** Where nobody can be asked, the call begins at once: a middleware may answer it all the same. */
  async prepare(): Promise<void> {
    try {
      this.#run.closing?.check();
      this.#ready = await this.#makeReady();
    } catch (thrown) {
      this.#finish();
      throw thrown;
    }
    if (this.#isOver || (await canBeAsked(this.#ready))) return;
    const first = this.next();
    await first;
    this.#first = first;
  }

  next(): Promise<IteratorResult<Part, undefined>> {
    const first = this.#first;
    this.#first = undefined;
    return first ?? this.#read();
  }

  /** Not waited for: a middleware may be in the middle of something. */
  async return(): Promise<IteratorResult<Part, undefined>> {
    this.#finish();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #read(): Promise<IteratorResult<Part, undefined>> {
    if (this.#isOver) return DONE;
    try {
      this.#parts ??= await this.#begin();
      const read = await this.#within(this.#parts);
      if (read.done) {
        this.#parts = undefined;
        this.#checked(() => this.#check?.end());
        this.#finish();
        return DONE;
      }
      // A middleware that answers by itself need not look at the signal.
      const signal = this.#bound?.signal;
      if (signal?.aborted) throw toAbortError(signal);
      this.#checked(() => this.#check?.accept(read.value));
      // Of an answer that came from no service nothing was received.
      if (this.#log.received === undefined) this.#log.setReceived(undefined);
      return read;
    } catch (thrown) {
      this.#finish();
      throw toMiddlewareError(thrown);
    }
  }

  async #begin(): Promise<AsyncIterator<Part>> {
    const { terms, use, closing } = this.#run;
    this.#ready ??= await this.#makeReady();
    const { checked, settings } = this.#ready;
    this.#startedAt = terms.startedAt ?? performance.now();
    this.#bound = new CallSignal(settings, terms.readerSignal, this.#startedAt, closing);
    const { signal } = this.#bound;
    this.#stopFollowing = onAbort(signal, () => this.#abort(toAbortError(signal)));
    const { operation, parameters } = checked.request;
    this.#check = createPartCheck(operation, parameters, 'a middleware');
    const log = this.#log;
    const call: MiddlewareCall = {
      operation,
      request: parameters,
      get signal() {
        return toAbortSignal(signal);
      },
      get route() {
        return log.attempts;
      },
      options: middlewareOptionsOf(settings, terms.options),
      redact: (text) => hidePrompt(log.received?.redact?.(text) ?? redact(text), parameters),
      moderate: async (params) => {
        const { moderateOperation } = await import('../moderations/moderate-operation.ts');
        const { engine } = this.#run;
        return moderateOperation.collect(engine.run(moderateOperation, params, { readerSignal: signal }));
      },
    };
    // That the parts of a kind are those of its operation is known to no type.
    const parts = throughAll(use, call, () => this.#carryOut());
    return parts[Symbol.asyncIterator]() as AsyncIterator<Part>;
  }

  /** The call itself, its parameters checked already. */
  #carryOut(): AsyncIterable<Part> {
    const { engine, kind, params, terms } = this.#run;
    const checked = this.#ready?.checked;
    const below = engine.run(checked === undefined ? kind : { ...kind, toRequest: () => checked }, params, {
      ...terms,
      readerSignal: this.#left,
      log: this.#log,
      startedAt: this.#startedAt,
    });
    this.#below = below;
    const next = (): Promise<IteratorResult<Part, undefined>> => {
      const reading = below.next();
      this.#reading = reading;
      const settled = (): void => {
        if (this.#reading === reading) this.#reading = undefined;
      };
      reading.then(settled, settled);
      return reading;
    };
    const leave = async (): Promise<IteratorResult<Part, undefined>> => {
      this.#left.abort();
      return (await below.return?.()) ?? DONE;
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
  }

  #makeReady(): Ready<Part> | Promise<Ready<Part>> {
    const { kind, params, client, terms } = this.#run;
    if (!isFields(params)) throw new G4FError(kind.takes, { code: 'invalid-request' });
    const { body, options } = partParams(params);
    const settings = settle(client, options, terms.options);
    const checked = kind.toRequest(body, {
      untilOver: () => {
        this.#life ??= new CallLife(settings, terms.readerSignal, terms.startedAt, this.#run.closing);
        return this.#life.signal;
      },
    });
    return isPromise(checked) ? checked.then((done) => ({ checked: done, settings })) : { checked, settings };
  }

  /** The next part, or what ends the call while a middleware is busy. */
  #within(parts: AsyncIterator<Part>): Promise<IteratorResult<Part>> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      parts.next().then(resolve, reject);
    });
  }

  /** What is carried out below ends by itself, and knows better why. */
  #abort(error: G4FError): void {
    const giveUp = (why: unknown): void => this.#giveUp?.(why);
    if (this.#reading === undefined) giveUp(error);
    else this.#reading.then(() => giveUp(error), giveUp);
  }

  #checked(check: () => void): void {
    try {
      check();
    } catch (thrown) {
      const { message } = toG4FError(thrown, { code: 'internal' });
      throw new G4FError(message, { code: 'internal', cause: thrown });
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopFollowing?.();
    this.#bound?.release();
    this.#life?.end();
    this.#left.abort();
    void closeParts(this.#parts);
    void closeParts(this.#below);
    this.#parts = undefined;
  }
}

/** Whether somebody can be asked, or may stand in. What is wrong is told by the call itself. */
async function canBeAsked({ checked: { request }, settings }: Ready<unknown>): Promise<boolean> {
  try {
    if (request.allowsFallback && namedFallback(settings)) return true;
    return (await findRoute(request, settings)).candidates.length > 0;
  } catch {
    return false;
  }
}

const toMiddlewareError = (thrown: unknown): G4FError => {
  const error = toG4FError(thrown, { code: 'internal' });
  return isG4FError(thrown) ? error : reworded(error, `a middleware failed: ${error.message}`);
};
