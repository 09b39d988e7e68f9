// What a program may put around all calls of a client, above routing, and around each provider, where it is loaded.
import type { ErrorCode, ModerationResponse, Operation, Operations, Provider } from '@g4f/core';
import type { RouteAttempt } from './received.ts';

/** How a call is carried out, as far as its options say so: what may change its answer. No keys, and no headers that hold one. */
export interface MiddlewareOptions {
  /** Which providers were named, in order: ids, or the URLs of modules; none means whoever offers the model. */
  readonly provider: readonly string[];
  readonly baseURL: string | undefined;
  readonly extraBody: Readonly<Record<string, unknown>> | undefined;
  readonly fallback: string | undefined;
  readonly retired: 'error' | 'successor' | undefined;
  /** Headers of the caller's, by whom they are for: `*` is the provider that was named. */
  readonly headers: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /** Whether an answer that was kept may be given; false if the call said `cache: false`. */
  readonly cache: boolean;
}

/** A call as a middleware sees it. */
export interface MiddlewareCall<O extends Operation = Operation> {
  /** What is asked for: `chat`, `embed`. */
  readonly operation: O;
  /** What is asked, checked: the model and the parameters as the caller wrote them. Not to be changed. */
  readonly request: Operations[O]['request'];
  /** Aborted when the caller leaves, the total deadline passes, or the client is closed. */
  readonly signal: AbortSignal;
  /** Who has been asked so far, in order, whenever it is looked at. */
  readonly route: readonly RouteAttempt[];
  readonly options: MiddlewareOptions;
  /** A text of a service as it may be shown: without the keys that the one who answers was sent, and without the prompt. */
  redact(text: string): string;
  /** Asks for a moderation by this client, below all of its middleware; `provider` names who is asked. Throws G4FError. */
  moderate(params: {
    readonly model: string;
    readonly input: readonly string[];
    readonly provider?: string;
  }): Promise<ModerationResponse>;
}

/**
 * Carries out the call: the parts of its answer, batches of events for `chat`, one response for `embed`. At most once; nothing is
 * asked before the first part is read. Reading throws G4FError.
 */
export type Next<O extends Operation = Operation> = () => AsyncIterable<Operations[O]['part']>;

/** Answers a call of one operation, most often with what `next` gives. */
export type Handler<O extends Operation> = (
  call: MiddlewareCall<O>,
  next: Next<O>,
) => AsyncIterable<Operations[O]['part']> | Promise<AsyncIterable<Operations[O]['part']>>;

/** Answers calls of every operation alike. */
export type AnyHandler = <O extends Operation>(...given: Parameters<Handler<O>>) => ReturnType<Handler<O>>;

/**
 * Stands around every call of a client: it sees the call, and may answer it itself, change the parts of its answer, or throw. One
 * function for all operations, or one for each that it knows; calls of others pass. What it throws is no failure of a provider:
 * a G4FError as it is, anything else as `internal`.
 */
export type Middleware = AnyHandler | { readonly [O in Operation]?: Handler<O> };

/** A provider at one address, for one operation. */
export interface CircuitPlace {
  readonly provider: string;
  /** Where it is not the provider's own. It may hold a secret. */
  readonly baseURL?: string | undefined;
  /** Where it is not chat. */
  readonly operation?: Operation | undefined;
}

/** Where several processes tell each other which providers fail. No method may wait or throw: they are called in the middle of calls. */
export interface CircuitLink {
  /** It failed here, and is left alone for so many ms. */
  opened(place: CircuitPlace, ms: number): void;
  /** It has begun to answer here. */
  answered(place: CircuitPlace): void;
  /** For how many ms others leave it alone from now on; 0 if they do not. */
  restsFor(place: CircuitPlace): number;
  /** All that others leave alone, each for so many ms. */
  others(): readonly (CircuitPlace & { readonly ms: number })[];
}

/** Makes a provider that is asked in the place of another; it keeps the id. */
export type WrapProvider = (provider: Provider) => Provider;

/** How answers are kept: plain data. */
export interface CacheOptions {
  /** For how long an answer is good, in ms; without end unless given. */
  readonly ttl?: number;
  /** How many answers are kept in memory; 1,000. The one used longest ago goes first. */
  readonly maxEntries?: number;
  /** How many characters they may have, all together and each, as JSON; 16 Mi. */
  readonly maxCharacters?: number;
  /** Whether a stream is repeated with the pauses that it had; false: all at once. */
  readonly timing?: boolean;
  /** Whether answers are kept to requests with a `temperature` above 0, too, which ask for another one each time; false. */
  readonly sampled?: boolean;
}

/** Where texts are kept under keys: a Keyv, a Map, or anything with these two methods. */
export interface CacheStore {
  get(key: string): unknown;
  /** @param ttl for how long it is good, in ms; undefined for no end. */
  set(key: string, value: string, ttl?: number): unknown;
}

/** The options of `withCache`. */
export interface StoredCacheOptions extends CacheOptions {
  /** Memory of this middleware unless given. */
  readonly store?: CacheStore;
  /** How long a store is waited for, in ms; 1,000. After that the service is asked. */
  readonly storeTimeout?: number;
}

/** What `withLog` tells of a call. */
export interface CallFields {
  readonly operation: Operation;
  readonly model: string;
  /** What the caller wrote, where the service names another. */
  readonly requested_model?: string;
  readonly provider?: string;
  readonly ms: number;
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  /** Why it failed; `aborted` if its reader left. */
  readonly code?: ErrorCode;
  /** Set if nobody was asked. */
  readonly cached?: true;
}

/** A logger that takes fields and then a message, as pino does. */
export interface Logger {
  info(fields: CallFields, message: string): unknown;
  warn(fields: CallFields, message: string): unknown;
  error(fields: CallFields, message: string): unknown;
}

/** The options of `withBudget`: a limit of US dollars or of tokens, and for what. */
export type BudgetOptions = (
  | { readonly dollars: number; readonly tokens?: never }
  | { readonly tokens: number; readonly dollars?: never }
) & {
  /** Each call by itself; all of an hour or a day of UTC; all of this middleware. */
  readonly per: 'call' | 'hour' | 'day' | 'process';
};

/** What a call may use. */
export interface Need {
  /** Tokens, or US dollars. Infinite where nobody knows. */
  readonly amount: number;
  /** Whether it cannot be more, because the caller set a limit. */
  readonly isBound: boolean;
}

/** What a call may use in each unit. */
export interface CallNeed {
  /** About how many tokens the request has; those of the answer are the rest of `tokens`. */
  readonly prompt_tokens: number;
  readonly tokens: Need;
  readonly dollars: Need;
}

/** What a call used. */
export interface CallUse {
  /** Tokens of what was asked. Estimated where a part of an answer came and no service counted. */
  readonly prompt_tokens: number;
  /** Tokens of the answer, in the same way. */
  readonly completion_tokens: number;
  /** US dollars; 0 where nobody knows what it cost. */
  readonly dollars: number;
  /** Whether the answer came from a cache, so that nothing was used. */
  readonly isCached: boolean;
  /** Whether the whole answer was read; else the call failed, or its reader left. */
  readonly isWhole: boolean;
  /** Why the call failed; undefined if it did not. */
  readonly error: unknown;
}

/** Counts calls. */
export interface Meter {
  /**
   * Called before anybody is asked.
   * @returns what is called once, when the call is over; the end of the answer waits for it. It should not throw.
   * @throws what stops the call: a G4FError as it is, anything else as `internal`
   */
  begin(call: MiddlewareCall, need: CallNeed): Promise<EndCall> | EndCall;
}

/** Told once what a call used. */
export type EndCall = (use: CallUse) => Promise<void> | void;
