// One call from its parameters to the end of its answer.
import { type Abortable, type Batch, type ErrorCode, G4FError, isG4FError } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { placeOf } from '../attempt/attempt.ts';
import type { CallContext } from '../attempt/call-context.ts';
import { CallSignal } from '../attempt/call-signal.ts';
import type { Closing } from '../errors/client-closing.ts';
import { dispatch } from '../failover/dispatch.ts';
import type { Winner } from '../failover/failover.ts';
import { withAllAttempts } from '../failover/no-provider-error.ts';
import { nameOf } from '../memory/health.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { type Settings, settle } from '../options/settings.ts';
import { partParams } from '../options/split-params.ts';
import { findRoute, type Route } from '../routing/route.ts';
import type { CallOptions, ChatParams, ClientOptions } from '../surface/surface.ts';
import { type Checked, toRequest } from './params.ts';

/** The events of one answer. */
export interface ChatEvents extends AsyncIterableIterator<Batch> {
  /** Checks what is known without asking anybody: options, parameters, who may answer. Reading does it by itself. @throws G4FError */
  prepare?(): Promise<void>;
}

/** What is asked, and what the client brings to it. */
export interface ChatCallOptions extends Pick<CallContext, 'log' | 'memory' | 'announce'> {
  readonly client: ClientOptions;
  readonly params: ChatParams;
  readonly options: CallOptions | undefined;
  /** Aborted when the reader leaves. */
  readonly readerSignal: Abortable | undefined;
  /** When the call was made, on the clock of `performance.now()`; now, unless given. */
  readonly startedAt: number | undefined;
  /** The end of the client. */
  readonly closing: Closing | undefined;
}

type Read = IteratorResult<Batch, undefined>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Who answers, and in which call. */
interface Answered {
  readonly call: CallContext;
  readonly winner: Winner;
  /** Whether others could have answered. */
  readonly wasChosen: boolean;
}

/** What a call was given, parted and checked as far as each has come. */
interface Given {
  readonly body: Fields;
  readonly settings: Settings;
}

/**
 * The events of one answer, batch by batch. A class and no async generator, because it stands between the socket and
 * every chunk.
 *
 * `next` throws a G4FError.
 */
export class ChatCall implements ChatEvents {
  readonly #asked: ChatCallOptions;
  #bound: CallSignal | undefined;
  #heard: Answered | undefined;
  /** The read under way. */
  #read: Promise<Read> | undefined;
  #isOver = false;
  // Of what was prepared.
  #given: Given | undefined;
  #checked: Checked | undefined;
  #route: Route | undefined;
  #first: Promise<Read> | undefined;

  constructor(asked: ChatCallOptions) {
    this.#asked = asked;
  }

  /** Where nobody can be asked, the call begins at once, and fails; a stand-in answers only when it is read. */
  async prepare(): Promise<void> {
    try {
      this.#asked.closing?.check();
      this.#given = this.#part();
      const { body, settings } = this.#given;
      this.#checked = await toRequest(body);
      this.#route = await findRoute(this.#checked.request.model, settings);
    } catch (thrown) {
      throw this.#failed(thrown);
    }
    const { fallback = this.#given.settings.env.G4F_FALLBACK } = this.#given.settings;
    if (this.#route.candidates.length > 0 || fallback || this.#isOver) return;
    const first = this.next();
    await first;
    this.#first = first;
  }

  next(): Promise<Read> {
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      return first;
    }
    if (this.#isOver) return Promise.resolve(DONE);
    const read = this.#heard === undefined ? this.#begin() : this.#heard.winner.rest.next();
    this.#read = read.then(this.#onRead, this.#onFailure);
    return this.#read;
  }

  /** What it was that was being read ends first: whoever leaves aborts `readerSignal` as well. */
  async return(): Promise<Read> {
    await this.#read?.catch(() => undefined);
    if (!this.#isOver) {
      this.#heard?.winner.attempt.abandon();
      this.#finish('aborted');
    }
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  // Made once: an async function would cost each read a promise more. What has been read is not kept for `return`.
  readonly #onRead = (read: Read): Read => {
    this.#read = undefined;
    if (read.done) this.#ended();
    else this.#asked.log.read(read.value);
    return read;
  };

  readonly #onFailure = (thrown: unknown): never => {
    this.#read = undefined;
    throw this.#failed(thrown);
  };

  async #begin(): Promise<Read> {
    const { readerSignal, startedAt, log, memory, announce, closing } = this.#asked;
    const { body, settings } = this.#given ?? this.#part();
    this.#bound = new CallSignal(settings, readerSignal, startedAt, closing);
    const { signal, endsAt } = this.#bound;
    // Most calls have nothing to wait for here, and each wait costs them a turn of the event loop.
    const checked = this.#checked ?? toRequest(body);
    const { request, warnings } = isPromise(checked) ? await checked : checked;
    const found = this.#route ?? findRoute(request.model, settings);
    const route = isPromise(found) ? await found : found;
    const call = { request, settings, warnings, signal, readerSignal, endsAt, log, memory, announce };
    const winner = await dispatch(route, call);
    // A stand-in is none of them, and must not make the conversation forget who knows it.
    const isOneOfSeveral =
      route.candidates.length > 1 &&
      route.candidates.some(({ backend }) => backend.id === winner.attempt.candidate.backend.id);
    this.#heard = { call, winner, wasChosen: isOneOfSeveral };
    log.setReceived(winner.attempt.received);
    return winner.attempt.takeFirst();
  }

  #part(): Given {
    const { client, params, options } = this.#asked;
    if (!isFields(params)) {
      throw new G4FError('create() takes an object with model and messages.', { code: 'invalid-request' });
    }
    const { body, options: inParams } = partParams(params);
    return { body, settings: settle(client, inParams, options) };
  }

  #ended(): void {
    if (this.#heard !== undefined) {
      const { call, winner, wasChosen } = this.#heard;
      winner.attempt.ended();
      if (wasChosen)
        call.memory.conversations.answered(call.request, nameOf(placeOf(winner.attempt.candidate)));
    }
    this.#finish(undefined);
  }

  #failed(thrown: unknown): unknown {
    const error =
      this.#heard === undefined
        ? thrown
        : withAllAttempts(this.#heard.winner.attempt.failed(thrown), this.#asked);
    this.#finish(isG4FError(error) ? error.code : 'internal');
    return error;
  }

  #finish(code: ErrorCode | undefined): void {
    this.#isOver = true;
    this.#bound?.release();
    this.#asked.log.finish(code);
  }
}
