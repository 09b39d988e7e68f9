// One call from its parameters to the end of its answer.
import { type Abortable, type ErrorCode, G4FError, isG4FError } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { placeOf } from '../attempt/attempt.ts';
import type { CallContext, OperationRequest } from '../attempt/call-context.ts';
import { CallLife, type OpeningCall } from '../attempt/call-life.ts';
import { CallSignal } from '../attempt/call-signal.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { Closing } from '../errors/client-closing.ts';
import type { CallPlan } from '../failover/call-plan.ts';
import { dispatch } from '../failover/dispatch.ts';
import type { Winner } from '../failover/failover.ts';
import { withAllAttempts } from '../failover/no-provider-error.ts';
import type { BoundedMap } from '../memory/bounded-map.ts';
import { nameOf } from '../memory/health.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { partParams } from '../options/split-params.ts';
import type { Route } from '../routing/candidate.ts';
import { namedFallback } from '../routing/named-fallback.ts';
import type { CallOptions, ParamOptions } from '../surface/options.ts';
import type { CheckedRequest, OperationKind, Parts } from './operation-kind.ts';

/** What is asked, and what the client brings to it. */
export interface OperationCallOptions<Part>
  extends Pick<CallContext, 'log' | 'memory' | 'books' | 'announce'> {
  readonly kind: Pick<OperationKind<Part, unknown>, 'takes' | 'toRequest' | 'usageIn' | 'storedIdIn'>;
  /** Checks the options, and plans the call. @throws G4FError `invalid-request` */
  readonly plan: (inParams: ParamOptions, options: CallOptions | undefined) => CallPlan;
  readonly params: unknown;
  /** Who may keep an answer, by its id. */
  readonly keepers: BoundedMap<ProviderEntry>;
  readonly options: CallOptions | undefined;
  /** Aborted when the reader leaves. */
  readonly readerSignal: Abortable | undefined;
  /** When the call was made, on the clock of `performance.now()`; now, unless given. */
  readonly startedAt: number | undefined;
  /** The end of the client. */
  readonly closing: Closing | undefined;
  /** The error for what was thrown before anybody was asked. */
  readonly blame: Blame;
}

/** Finds out whose a failure is: what was thrown, or the error that says it. */
export type Blame = (thrown: unknown, params: unknown, options: unknown) => unknown;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Who answers, and in which call. */
interface Answered<Part> {
  readonly call: CallContext<Part>;
  readonly winner: Winner<Part>;
  /** Whether others could have answered. */
  readonly wasChosen: boolean;
}

/** What a call was given, parted and checked as far as each has come. */
interface Given {
  readonly body: Fields;
  readonly plan: CallPlan;
}

/**
 * The parts of one answer. A class and no async generator, because it stands between the socket and every chunk.
 *
 * `next` throws a G4FError.
 */
export class OperationCall<Part> implements Parts<Part>, OpeningCall {
  readonly #asked: OperationCallOptions<Part>;
  #bound: CallSignal | undefined;
  #life: CallLife | undefined;
  #answered: Answered<Part> | undefined;
  /** The read under way. */
  #read: Promise<IteratorResult<Part, undefined>> | undefined;
  #isOver = false;
  // Of what was prepared.
  #given: Given | undefined;
  #checked: CheckedRequest<Part> | undefined;
  #route: Route | undefined;
  #first: Promise<IteratorResult<Part, undefined>> | undefined;

  constructor(asked: OperationCallOptions<Part>) {
    this.#asked = asked;
  }

  /** Where nobody can be asked, the call begins at once, and fails; a fallback answers only when it is read. */
  async prepare(): Promise<void> {
    try {
      this.#asked.closing?.check();
      this.#given = this.#part();
      const { body, plan } = this.#given;
      this.#checked = await this.#asked.kind.toRequest(body, this);
      this.#route = await this.#findRoute(plan, this.#checked.request);
    } catch (thrown) {
      throw this.#failed(thrown);
    }
    const { settings } = this.#given.plan;
    const mayFallBack = this.#checked.request.allowsFallback && namedFallback(settings);
    if (this.#route.candidates.length > 0 || mayFallBack || this.#isOver) return;
    const first = this.next();
    await first;
    this.#first = first;
  }

  next(): Promise<IteratorResult<Part, undefined>> {
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      return first;
    }
    if (this.#isOver) return Promise.resolve(DONE);
    const read = this.#answered === undefined ? this.#begin() : this.#answered.winner.rest.next();
    this.#read = read.then(this.#onRead, this.#onFailure);
    return this.#read;
  }

  /** What it was that was being read ends first: whoever leaves aborts `readerSignal` as well. */
  async return(): Promise<IteratorResult<Part, undefined>> {
    await this.#read?.catch(() => undefined);
    if (!this.#isOver) {
      this.#answered?.winner.attempt.abandon();
      this.#finish('aborted');
    }
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  // Made once: an async function would cost each read a promise more. What has been read is not kept for `return`.
  readonly #onRead = (read: IteratorResult<Part, undefined>): IteratorResult<Part, undefined> => {
    this.#read = undefined;
    if (read.done) this.#ended();
    else if (this.#asked.log.isObserved) this.#asked.log.setUsage(this.#asked.kind.usageIn(read.value));
    return read;
  };

  readonly #onFailure = (thrown: unknown): never => {
    this.#read = undefined;
    throw this.#failed(thrown);
  };

  async #begin(): Promise<IteratorResult<Part, undefined>> {
    const { kind, readerSignal, startedAt, log, memory, keepers, books, announce, closing } = this.#asked;
    this.#given ??= this.#part();
    const { body, plan } = this.#given;
    const { settings } = plan;
    this.#bound = new CallSignal(settings, readerSignal, startedAt, closing);
    const { signal, endsAt } = this.#bound;
    // Most calls have nothing to wait for here, and each wait costs them a turn of the event loop.
    const checked = this.#checked ?? kind.toRequest(body, this);
    const { request, warnings } = isPromise(checked) ? await checked : checked;
    const found = this.#route ?? this.#findRoute(plan, request);
    const route = isPromise(found) ? await found : found;
    const call = { request, settings, warnings, signal, readerSignal, endsAt, log, memory, books, announce };
    const winner = await dispatch(route, call, plan);
    // A fallback is none of them, and must not make the conversation forget who knows it.
    const isOneOfSeveral =
      route.candidates.length > 1 &&
      route.candidates.some(({ backend }) => backend.id === winner.attempt.candidate.backend.id);
    this.#answered = { call, winner, wasChosen: isOneOfSeveral };
    log.setReceived(winner.attempt.received);
    const first = winner.attempt.takeFirst();
    const storedId = first.done || kind.storedIdIn === undefined ? undefined : kind.storedIdIn(first.value);
    if (storedId !== undefined) keepers.set(storedId, winner.attempt.candidate.backend);
    return first;
  }

  #findRoute(plan: CallPlan, request: OperationRequest<Part>): ReturnType<CallPlan['findRoute']> {
    const { storedId } = request;
    return plan.findRoute(request, storedId === undefined ? undefined : this.#asked.keepers.get(storedId));
  }

  untilOver(): Abortable {
    const { readerSignal, startedAt, closing } = this.#asked;
    this.#given ??= this.#part();
    this.#life ??= new CallLife(this.#given.plan.settings, readerSignal, startedAt, closing);
    return this.#life.signal;
  }

  #part(): Given {
    const { kind, plan, params, options } = this.#asked;
    if (!isFields(params)) throw new G4FError(kind.takes, { code: 'invalid-request' });
    const { body, options: inParams } = partParams(params);
    return { body, plan: plan(inParams, options) };
  }

  #ended(): void {
    if (this.#answered !== undefined) {
      const { call, winner, wasChosen } = this.#answered;
      winner.attempt.ended();
      if (wasChosen)
        call.memory.conversations.answered(call.request, nameOf(placeOf(winner.attempt.candidate)));
    }
    this.#finish(undefined);
  }

  #failed(thrown: unknown): unknown {
    const error =
      this.#answered === undefined
        ? this.#asked.blame(thrown, this.#asked.params, this.#asked.options)
        : withAllAttempts(this.#answered.winner.attempt.failed(thrown), this.#asked);
    this.#finish(isG4FError(error) ? error.code : 'internal');
    return error;
  }

  #finish(code: ErrorCode | undefined): void {
    this.#isOver = true;
    this.#bound?.release();
    this.#life?.end();
    this.#asked.log.finish(code);
  }
}
