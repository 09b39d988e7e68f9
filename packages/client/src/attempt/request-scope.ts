// One attempt at one backend: what it is lent, and how it is stopped.
import { type Abortable, type Context, G4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { createSend, type SendOptions } from '@g4f/providers/send';
import { toAbortError } from '../errors/abort-error.ts';
import { type Secrets, withoutSecrets } from '../errors/provider-error.ts';
import type { Settings } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { Received } from '../surface/received.ts';
import { Deadlines } from './deadlines.ts';
import { onAbort } from './on-abort.ts';
import { ReceivedHeaders } from './received-headers.ts';

/** Who is asked, and with what. */
type Target = Pick<Candidate, 'backend' | 'apiKey' | 'baseURL' | 'headers' | 'warnings' | 'withoutExtra'>;
/** What of the settings an attempt needs. */
type Terms = Pick<Settings, 'env' | 'proxy' | 'limits' | 'extraBody'>;

/** A call to a backend that can be given up at any time. */
export class RequestScope {
  readonly context: Context;
  readonly deadlines: Deadlines;
  /** What the backend could not do of what was asked. */
  readonly warnings: readonly string[];
  /** What of it must not be shown. */
  readonly secrets: Secrets;
  readonly #id: string;
  readonly #abort = new LightAbort();
  readonly #stopListening: () => void;
  #received: Received | undefined;

  /**
   * @param signal the whole call's.
   * @param told what the caller is to be warned of whoever answers.
   */
  constructor(candidate: Target, settings: Terms, signal: Abortable, told: readonly string[] = []) {
    const { backend, apiKey, headers } = candidate;
    const { id } = backend;
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
      this.secrets.headers = sent;
    };
    this.secrets = { backend, apiKey, headers, env: settings.env, proxy: settings.proxy };
    const warn = (message: string): void => void warnings.push(withoutSecrets(message, this.secrets));
    this.context = new LentContext(candidate, settings, abort, warn, this.deadlines, received);
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
    { backend, apiKey, baseURL, headers, withoutExtra }: Target,
    { env, proxy, limits, extraBody }: Terms,
    abort: LightAbort,
    warn: Context['warn'],
    deadlines: Deadlines,
    received: OnReceived,
  ) {
    this[ABORT] = abort;
    this.env = env;
    this.apiKey = apiKey;
    this.baseURL = baseURL;
    this.extraBody = withoutExtra ? undefined : extraBody;
    this.headers = headers;
    this.enter = (phase) => deadlines.enter(phase);
    this.warn = warn;
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
