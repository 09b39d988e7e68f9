// What happened in one call, provider by provider: for its reader (`route`), its error (`attempts`) and observers.
import type { AttemptReport, ErrorCode, FailureScope, Usage } from '@g4f/core';
import type { Publish } from '#platform/publish';
import type { CallEvents } from '../surface/call-events.ts';
import type { RouteAttempt } from '../surface/received.ts';
import { NOTHING_RECEIVED, type Received } from '../surface/received.ts';

/** The failed ones of these, as an error tells them. */
export const failedOf = (attempts: readonly RouteAttempt[]): readonly AttemptReport[] =>
  attempts.flatMap(({ code, message, ...others }) =>
    code === undefined || message === undefined ? [] : [{ ...others, code, message }],
  );

interface Failure {
  readonly code: ErrorCode;
  readonly scope?: FailureScope;
  readonly message: string;
}

/** What a failure tells of itself. */
interface Failing extends Omit<Failure, 'scope'> {
  readonly scope?: FailureScope | undefined;
}

/** One provider of the call: asked, and then ended or failed; asked again perhaps. */
export class AttemptLog {
  readonly provider: string;
  readonly model: string;
  readonly #log: CallLog;
  #since: number | undefined;
  /** Of its last try, for observers. */
  #startedAt = 0;
  #lastMs = 0;
  #ms = 0;
  #tries = 0;
  #firstContentMs: number | undefined;
  #failure: Failure | undefined;

  constructor(provider: string, model: string, log: CallLog) {
    this.provider = provider;
    this.model = model;
    this.#log = log;
  }

  started(): void {
    this.#tries += 1;
    this.#since = performance.now();
    this.#startedAt = this.#log.isObserved ? Date.now() : 0;
    this.#failure = undefined;
    this.#log.started(this);
  }

  /** The first content is there. @returns ms since it was asked. */
  firstContent(): number {
    const now = performance.now();
    this.#firstContentMs = now - (this.#since ?? now);
    this.#log.firstContent(this);
    return this.#firstContentMs;
  }

  ended(): void {
    this.#over(undefined);
  }

  failed({ code, scope, message }: Failing): void {
    this.#over({ code, ...(scope !== undefined && { scope }), message });
  }

  /** Its reader left, which is no failure of its own: only observers are told. */
  abandoned(message: string): void {
    this.#over({ code: 'aborted', message });
    this.#failure = undefined;
  }

  /** Of one that still answers, `ms` is how long it has so far. */
  describe(): RouteAttempt {
    const ms = this.#since === undefined ? this.#ms : this.#ms + performance.now() - this.#since;
    return {
      provider: this.provider,
      model: this.model,
      ...this.#failure,
      ms: Math.round(ms),
      ...(this.#tries > 1 && { retries: this.#tries - 1 }),
      ...(this.#firstContentMs !== undefined && { firstContentMs: Math.round(this.#firstContentMs) }),
    };
  }

  /** Its last try, which is over. */
  get lastTry(): Pick<CallEvents['g4f:attempt'], 'startedAt' | 'tryMs'> {
    return { startedAt: this.#startedAt, tryMs: Math.round(this.#lastMs) };
  }

  #over(failure: Failure | undefined): void {
    if (this.#since === undefined) return;
    this.#lastMs = performance.now() - this.#since;
    this.#ms += this.#lastMs;
    this.#since = undefined;
    this.#failure = failure;
    this.#log.ended(this);
  }
}

/** The log of one call. */
export class CallLog {
  readonly #publish: Publish | undefined;
  readonly #call: string;
  readonly #began = performance.now();
  /** For observers. */
  readonly #startedAt: number;
  #asked: readonly AttemptLog[] = [];
  #model: string | undefined;
  #speaker: AttemptLog | undefined;
  #usage: Usage | undefined;
  #received: Received | undefined;
  #version = 0;

  /** @param publish tells observers; absent if there are none. */
  constructor(publish?: Publish) {
    this.#publish = publish;
    this.#startedAt = publish === undefined ? 0 : Date.now();
    this.#call = publish === undefined ? '' : crypto.randomUUID();
  }

  /** Who has been asked so far, in the order in which they first were. */
  get attempts(): readonly RouteAttempt[] {
    return this.#asked.map((step) => step.describe());
  }

  /** Grows whenever `attempts` changes. */
  get version(): number {
    return this.#version;
  }

  /** What the service that answers said before its answer; undefined before the first content. */
  get received(): Received | undefined {
    return this.#received;
  }

  begin(request: Omit<CallEvents['g4f:request'], 'call' | 'startedAt'>): void {
    this.#model = request.model;
    this.#publish?.('g4f:request', { call: this.#call, startedAt: this.#startedAt, ...request });
  }

  attempt(provider: string, model: string): AttemptLog {
    return new AttemptLog(provider, model, this);
  }

  /** For its steps only, like the next two: one is asked, perhaps again. */
  started(step: AttemptLog): void {
    this.#version += 1;
    // Not pushed: that leaves room for sixteen more, in every stream that is open.
    if (!this.#asked.includes(step)) this.#asked = this.#asked.concat(step);
  }

  /** The first content of the call is there. */
  firstContent(step: AttemptLog): void {
    this.#version += 1;
    this.#speaker = step;
    const { provider, model } = step;
    this.#publish?.('g4f:first-content', { call: this.#call, provider, model, ms: this.#ms() });
  }

  /** Whose first content the reader gets. */
  setReceived(received: Received | undefined): void {
    this.#received = received ?? NOTHING_RECEIVED;
  }

  /** One ended, failed or was left. */
  ended(step: AttemptLog): void {
    this.#version += 1;
    this.#publish?.('g4f:attempt', { call: this.#call, ...step.describe(), ...step.lastTry });
  }

  /** Whether anybody is told of anything. */
  get isObserved(): boolean {
    return this.#publish !== undefined;
  }

  /** The token counts that have come, if they have. */
  setUsage(usage: Usage | undefined): void {
    this.#usage = usage ?? this.#usage;
  }

  /** The call is over, if it has begun. @param code why it failed. */
  finish(code: ErrorCode | undefined): void {
    if (this.#model === undefined) return;
    this.#publish?.('g4f:finish', {
      call: this.#call,
      model: this.#model,
      ms: this.#ms(),
      ...(code !== undefined && { code }),
      ...(this.#speaker !== undefined && { provider: this.#speaker.provider }),
      ...(this.#usage !== undefined && { usage: this.#usage }),
      attempts: this.attempts,
    });
  }

  #ms(): number {
    return Math.round(performance.now() - this.#began);
  }
}
