// One attempt at one provider: what it is lent, and how it is stopped.
import { type Abortable, type Context, G4FError, LIMITS, toG4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { createSend, type SendOptions } from '@g4f/providers/send';
import type { Bill } from '../costs/bill.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { type Secrets, withoutSecrets } from '../errors/provider-error.ts';
import type { Settings } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { Received } from '../surface/received.ts';
import { Deadlines } from './deadlines.ts';
import { onAbort } from './on-abort.ts';
import { ReceivedHeaders } from './received-headers.ts';
import { retryDelay } from './retry-delay.ts';

/** Who is asked, and with what. */
type Target = Pick<Candidate, 'backend' | 'apiKey' | 'baseURL' | 'headers' | 'warnings' | 'withoutExtra'>;
/** What of the settings an attempt needs. */
type Terms = Pick<Settings, 'env' | 'proxy' | 'limits' | 'extraBody'> & Partial<Pick<Settings, 'maxRetries'>>;

/** A call to a provider that can be given up at any time. */
export class RequestScope {
  readonly context: Context;
  readonly deadlines: Deadlines;
  /** What the provider could not do of what was asked. */
  readonly warnings: readonly string[];
  /** Is told what the service counts; absent where nothing is asked that costs anything. */
  bill: Bill | undefined;
  readonly #candidate: Target;
  readonly #terms: Terms;
  readonly #abort = new LightAbort();
  readonly #stopListening: () => void;
  readonly #leftMs: () => number;
  /** The headers of the last request that was answered. */
  #sent: Secrets['headers'];
  #received: Received | undefined;
  #hasRetried = false;

  /**
   * @param signal the whole call's.
   * @param told what the caller is to be warned of whoever answers.
   * @param endsAt when the whole call must be over, on the clock of `performance.now()`.
   */
  constructor(
    candidate: Target,
    settings: Terms,
    signal: Abortable,
    told: readonly string[] = [],
    endsAt = Number.POSITIVE_INFINITY,
  ) {
    const { id } = candidate.backend;
    const abort = this.#abort;
    const warnings: string[] = [...told, ...(candidate.warnings ?? [])];
    this.#candidate = candidate;
    this.#terms = settings;
    this.warnings = warnings;
    this.deadlines = new Deadlines(id, settings.limits, (error) => abort.abort(error));
    const abandoned = (): void => this.stop(toAbortError(signal, id));
    this.#stopListening = onAbort(signal, abandoned);
    if (signal.aborted) abandoned();
    const warn = (message: string): void => {
      if (warnings.length < LIMITS.warnings) warnings.push(withoutSecrets(message, this.secrets));
    };
    this.#leftMs = () => Math.min(this.deadlines.leftMs(), endsAt - performance.now());
    const enter: Context['enter'] = (phase) => this.deadlines.enter(phase);
    this.context = new LentContext(candidate, settings, abort, warn, enter, this.#sendWith(enter));
  }

  /** What of it must not be shown. */
  get secrets(): Secrets {
    const { backend, baseURL = backend.baseURL, apiKey, headers } = this.#candidate;
    const { env, proxy } = this.#terms;
    return { backend, baseURL, apiKey, headers: this.#sent ?? headers, env, proxy };
  }

  /** The headers of the service's last answer; undefined if none has come. */
  get received(): Received | undefined {
    return this.#received;
  }

  /** Whether one of several requests was sent again. */
  get hasRetried(): boolean {
    return this.#hasRetried;
  }

  /**
   * The context for an operation that may send several requests at once: each has its own deadlines until its headers have come.
   *
   * @param comesLate whether the headers come with the content, and one request may ask after another's result: then the deadline of
   *   the first content counts from the beginning, and that of the headers does not.
   */
  contextForSeveral(comesLate = false): Context {
    const { maxRetries = 0 } = this.#terms;
    return {
      ...this.context,
      send: async (request) => {
        const { id } = this.#candidate.backend;
        const deadlines = new Deadlines(id, this.#terms.limits, (error) => this.stop(error));
        try {
          const send = this.#sendWith((phase) =>
            deadlines.enter(comesLate && phase === 'headers' ? 'first-content' : phase),
          );
          const response = await deadlines.wait(send(request));
          if (!comesLate) this.deadlines.enter('first-content');
          return response;
        } finally {
          deadlines.stop();
        }
      },
      retryDelayMs: (error, retries) => {
        if (retries >= maxRetries) return undefined;
        const ms = retryDelay(toG4FError(error, { code: 'internal' }), retries);
        this.#hasRetried ||= ms !== undefined;
        return ms;
      },
    };
  }

  /** Stops the provider: its signal is aborted, and whoever waits for it is told. */
  stop(reason: Error): void {
    this.#abort.abort(reason);
    this.deadlines.cancel(reason);
  }

  /** The way to the network of one request, or of one after the other. @param enter is told what is waited for */
  #sendWith(enter: Context['enter']): Context['send'] {
    const { env, proxy, limits } = this.#terms;
    const connectMs = Number.isFinite(limits.connect) ? limits.connect : 0;
    const provider = this.#candidate.backend.id;
    return createSend({
      provider,
      signal: this.#abort,
      env,
      proxy,
      connectMs,
      enter,
      received: this.#onReceived,
      leftMs: this.#leftMs,
    });
  }

  readonly #onReceived: OnReceived = (came, sent, status) => {
    this.#received = new ReceivedHeaders(came, sent, status, this.secrets.baseURL);
    this.#sent = sent;
  };

  /** Lets go of timers and listeners. */
  close(): void {
    this.#stopListening();
    this.deadlines.stop();
  }

  /** Closes it, and stops whatever the provider still does. */
  abandon(): void {
    this.close();
    const { id } = this.#candidate.backend;
    this.stop(new G4FError(`${id}: it is no longer waited for.`, { code: 'aborted', provider: id }));
  }
}

type OnReceived = NonNullable<SendOptions['received']>;

const ABORT = Symbol('abort');

/** What one attempt lends. A class, because closures in an object of their own would give each attempt a shape of its own. */
class LentContext implements Context {
  /** Made when somebody asks for it: most providers only send, and a real signal is not for nothing. */
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
    { apiKey, baseURL, headers, withoutExtra }: Target,
    terms: Terms,
    abort: LightAbort,
    warn: Context['warn'],
    enter: Context['enter'],
    send: Context['send'],
  ) {
    const { env, extraBody } = terms;
    this[ABORT] = abort;
    this.env = env;
    this.apiKey = apiKey;
    this.baseURL = baseURL;
    this.extraBody = withoutExtra ? undefined : extraBody;
    this.headers = headers;
    this.enter = enter;
    this.warn = warn;
    this.send = send;
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
