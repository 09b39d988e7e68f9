// One attempt at one backend: what it is lent, and how it is stopped.
import {
  type Abortable,
  type Context,
  G4FError,
  isG4FError,
  LightAbort,
  redact,
  reworded,
  secretsIn,
  toG4FError,
} from '@g4f/core';
import { createSend, type SendOptions } from '@g4f/providers/send';
import { toAbortError } from './abort-error.ts';
import { Deadlines } from './deadlines.ts';
import { onAbort } from './on-abort.ts';
import type { Received } from './received.ts';
import { ReceivedHeaders } from './received-headers.ts';
import type { Candidate } from './route.ts';
import type { Settings } from './settings.ts';

/** Who is asked, and with what. */
type Asked = Pick<Candidate, 'backend' | 'apiKey' | 'baseURL' | 'headers' | 'warnings'>;
/** What of the settings an attempt needs. */
type Terms = Pick<Settings, 'env' | 'proxy' | 'limits' | 'extraBody'>;

/** A call to a backend that can be given up at any time. */
export class Attempt {
  readonly context: Context;
  readonly deadlines: Deadlines;
  /** What the backend could not do of what was asked. */
  readonly warnings: readonly string[];
  readonly #id: string;
  readonly #abort = new LightAbort();
  readonly #stopListening: () => void;
  #received: Received | undefined;

  /**
   * @param signal the whole call's.
   * @param told what the caller is to be warned of whoever answers.
   */
  constructor(candidate: Asked, settings: Terms, signal: Abortable, told: readonly string[] = []) {
    const { id } = candidate.backend;
    const abort = this.#abort;
    const warnings: string[] = [...told, ...(candidate.warnings ?? [])];
    this.#id = id;
    this.warnings = warnings;
    this.deadlines = new Deadlines(id, settings.limits, (error) => abort.abort(error));
    const abandoned = (): void => this.stop(toAbortError(signal, id));
    this.#stopListening = onAbort(signal, abandoned);
    if (signal.aborted) abandoned();
    const received: OnReceived = (came, sent) => {
      this.#received = new ReceivedHeaders(came, sent);
    };
    this.context = new LentContext(candidate, settings, abort, warnings, this.deadlines, received);
  }

  /** The headers of the service's last answer; undefined if none has come. */
  get received(): Received | undefined {
    return this.#received;
  }

  /** Stops the backend: its signal is aborted, and whoever waits for it is told. */
  stop(reason: Error): void {
    this.#abort.abort(reason);
    this.deadlines.cancel(reason);
  }

  /** Lets go of timers and listeners. */
  close(): void {
    this.#stopListening();
    this.deadlines.stop();
  }

  /** Closes it, and stops whatever the backend still does. */
  abandon(): void {
    this.close();
    const id = this.#id;
    this.stop(new G4FError(`${id}: it is no longer waited for.`, { code: 'aborted', provider: id }));
  }
}

type OnReceived = NonNullable<SendOptions['received']>;

const ABORT = Symbol('abort');

/** What one attempt lends. A class, because closures in an object of their own would give each attempt a shape of its own. */
class LentContext implements Context {
  /** Made when somebody asks for it: most backends only send, and a real signal is not for nothing. */
  declare readonly signal: AbortSignal;
  readonly env: Context['env'];
  readonly apiKey: string | undefined;
  readonly baseURL: string | undefined;
  readonly extraBody: Context['extraBody'];
  readonly headers: Context['headers'];
  readonly send: Context['send'];
  readonly enter: Context['enter'];
  readonly warn: Context['warn'];
  /** No private field: whoever hands this on by a proxy, or as a prototype, could not read it. */
  readonly [ABORT]: LightAbort;

  constructor(
    { backend, apiKey, baseURL, headers }: Asked,
    { env, proxy, limits, extraBody }: Terms,
    abort: LightAbort,
    warnings: string[],
    deadlines: Deadlines,
    received: OnReceived,
  ) {
    this[ABORT] = abort;
    this.env = env;
    this.apiKey = apiKey;
    this.baseURL = baseURL;
    this.extraBody = extraBody;
    this.headers = headers;
    this.enter = (phase) => deadlines.enter(phase);
    this.warn = (message) => void warnings.push(message);
    const connectMs = Number.isFinite(limits.connect) ? limits.connect : 0;
    const { enter } = this;
    this.send = createSend({ provider: backend.id, signal: abort, env, proxy, connectMs, enter, received });
    Object.defineProperty(this, 'signal', LentContext.#SIGNAL);
  }

  /** Its own and enumerable, so that `{ ...context }` has it too; the same for all, so that they share a shape. */
  static readonly #SIGNAL: PropertyDescriptor & ThisType<LentContext> = {
    enumerable: true,
    get() {
      return this[ABORT].signal;
    },
  };
}

/** Who threw, and what is known of it. */
interface Thrower {
  readonly provider: string;
  readonly model?: string | undefined;
  /** Those of the caller, any of which may hold a key. */
  readonly headers?: Context['headers'];
  readonly received?: Received | undefined;
}

/**
 * What a backend threw: a G4FError with the headers that had come, and without what a service repeats of the caller's.
 * Anything else is an exception in code (an encoder's TypeError, or what a foreign provider throws) and becomes
 * `internal`: the next candidate is asked, the same one is not asked again, and its health and its keys stay as they
 * are, because nothing shows that the service was even reached.
 */
export const toBackendError = (
  thrown: unknown,
  { provider, model, headers: own, received }: Thrower,
): G4FError => {
  if (isG4FError(thrown)) {
    const message = own === undefined ? thrown.message : redact(thrown.message, secretsIn(own));
    if (message === thrown.message && received === undefined) return thrown;
    const { requestId, headers } = received ?? thrown;
    return reworded(thrown, message, { requestId: requestId ?? thrown.requestId, headers });
  }
  const { message } = toG4FError(thrown, { code: 'internal' });
  const why = redact(message).replace(/\s+/g, ' ').replace(/\.$/, '');
  return new G4FError(
    `${provider}: ${why}. The backend failed with an error of its own; report it to its author.`,
    { code: 'internal', provider, model, cause: thrown },
  );
};
