// The one error of this library: what failed, where, why, and what to do next, in plain fields.
import {
  type CauseData,
  describeCause,
  reviveCause,
  stackOf,
  textOf,
  toShownCause,
  UNREADABLE,
} from './cause.ts';
import { deniedFlag } from './internal/denied-flag.ts';
import { redact } from './redact.ts';

/** What went wrong, as a closed list that a program can switch on. */
export type ErrorCode =
  | 'invalid-request'
  | 'auth'
  | 'payment-required'
  | 'rate-limit'
  | 'model-not-found'
  | 'context-length'
  | 'content-filter'
  | 'timeout'
  | 'network'
  | 'server'
  | 'bad-response'
  | 'stream-truncated'
  | 'aborted'
  | 'no-provider'
  /** An exception in this library's code or a provider's, not a failure of the network or the service: a bug. */
  | 'internal';

/**
 * How far a failure reaches, which decides who is asked next: the `request` would fail everywhere; this `provider` fails
 * with it, whatever the key; this `key` fails, another may do; or only this `moment` is bad, and the same may succeed later.
 */
export type FailureScope = 'request' | 'provider' | 'key' | 'moment';

/** Which deadline passed, for code `timeout`. */
export type TimeoutPhase = 'connect' | 'headers' | 'first-content' | 'idle' | 'total';

/** One provider that was tried and failed. */
export interface AttemptReport {
  readonly provider: string;
  readonly model: string;
  readonly code: ErrorCode;
  /** How far its failure reaches, where it said so; see {@link scopeOf}. */
  readonly scope?: FailureScope;
  readonly message: string;
  /** How long it took, in ms; all tries together. */
  readonly ms: number;
  /** How often it was asked again; absent if it was not. */
  readonly retries?: number;
  /** From its being asked to its first content, in ms; absent if it said nothing. */
  readonly firstContentMs?: number;
}

/** What a service calls its refusal, in fields that are OpenAI's; other services have some of them, with words of their own. */
export interface ServiceError {
  readonly code?: string;
  readonly type?: string;
  /** The parameter that it refuses. */
  readonly param?: string;
}

/** The details of a {@link G4FError}; all but `code` are optional. */
export interface ErrorDetails {
  readonly code: ErrorCode;
  /** How far it reaches, where that is known; see {@link scopeOf}. */
  readonly scope?: FailureScope | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** How long the service asked us to wait, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** The service's id of the request, for a question to its support. */
  readonly requestId?: string | undefined;
  /** The headers of the service's answer, where there was one: names in lower case, without cookies and keys. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the service called its refusal. */
  readonly serviceError?: ServiceError | undefined;
  readonly phase?: TimeoutPhase | undefined;
  readonly attempts?: readonly AttemptReport[] | undefined;
  /** What the model wrote, where an answer came but is not what was asked for. */
  readonly answerText?: string | undefined;
  /**
   * What led to it. Of an error of other code only name, code, message and the lines of its stack are kept, redacted: it may
   * hold the bytes of a request, and so a key. Why a caller aborted a call is theirs, and stays as it is.
   */
  readonly cause?: unknown;
}

/** A {@link G4FError} as plain data, for threads and HTTP. `cause` is a chain of plain descriptions. */
export interface ErrorData extends Omit<ErrorDetails, 'cause' | 'answerText'> {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: CauseData | undefined;
}

const shown = (text: string | undefined): string | undefined => (text === undefined ? text : redact(text));

const causeOf = ({ code, cause }: ErrorDetails): unknown =>
  isG4FError(cause) || code === 'aborted' ? cause : toShownCause(cause);

const BRAND = Symbol.for('g4f.error');

/** What a failure means where nobody has said more than its code. */
const SCOPES: Readonly<Record<ErrorCode, FailureScope>> = {
  'invalid-request': 'request',
  'context-length': 'request',
  'content-filter': 'request',
  aborted: 'request',
  auth: 'key',
  'payment-required': 'key',
  'model-not-found': 'provider',
  'no-provider': 'provider',
  // Other code may succeed.
  internal: 'provider',
  'rate-limit': 'moment',
  timeout: 'moment',
  network: 'moment',
  server: 'moment',
  'bad-response': 'moment',
  'stream-truncated': 'moment',
};

/** Whether it is the code of a failure. */
export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(SCOPES, value);

/** How far a failure reaches: what it says itself, or what its code commonly means. */
export const scopeOf = ({ code, scope }: Pick<ErrorDetails, 'code' | 'scope'>): FailureScope =>
  scope ?? SCOPES[code];

/**
 * Everything this library throws. Recognise it by {@link isG4FError} or `instanceof` (both go by a
 * `Symbol.for` brand, so two copies of this package agree), then switch on `code`.
 */
export class G4FError extends Error {
  declare readonly name: 'G4FError';
  declare readonly code: ErrorCode;
  declare readonly scope: FailureScope | undefined;
  declare readonly provider: string | undefined;
  declare readonly model: string | undefined;
  declare readonly status: number | undefined;
  declare readonly retryAfterMs: number | undefined;
  declare readonly requestId: string | undefined;
  /** Not enumerable, so that neither what is printed nor a log is filled with them. */
  declare readonly headers: Readonly<Record<string, string>> | undefined;
  /** Not enumerable: the message has the service's words. */
  declare readonly serviceError: ServiceError | undefined;
  declare readonly phase: TimeoutPhase | undefined;
  declare readonly attempts: readonly AttemptReport[] | undefined;
  /** What the model wrote, where it is not what was asked for. Not enumerable: it has no place in a log, nor in data that crosses. */
  declare readonly answerText: string | undefined;

  static {
    // On the prototype, and not a field, because the first line of the stack is written before fields are.
    // biome-ignore lint/complexity/noThisInStatic: a class that names itself is renamed by the bundler; see `revive`.
    Object.defineProperty(this.prototype, 'name', { value: 'G4FError', configurable: true, writable: true });
  }

  /**
   * What looks like a key, and what would steer a terminal, is taken out of all that is shown.
   * @param message one line: who, what, why, and what to do next.
   */
  constructor(message: string, details: ErrorDetails) {
    super(redact(message), details.cause === undefined ? undefined : { cause: causeOf(details) });
    const { code, scope, provider, status, retryAfterMs, phase, attempts } = details;
    const [model, requestId] = [shown(details.model), shown(details.requestId)];
    const fields = { code, scope, provider, model, status, retryAfterMs, requestId, phase, attempts };
    // What is not known is left out, so that an error nobody caught is printed without a list of undefined.
    Object.assign(
      this,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    );
    for (const name of ['headers', 'serviceError', 'answerText'] as const)
      if (details[name] !== undefined)
        Object.defineProperty(this, name, { value: details[name], writable: true, configurable: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass is narrower than the brand and goes by its prototype.
    return Object.hasOwn(this, Symbol.hasInstance) ? isG4FError(value) : super[Symbol.hasInstance](value);
  }

  /** On the prototype, where it stays out of what is printed. */
  get [BRAND](): true {
    return true;
  }

  /** Whether the same request may succeed if it is sent again later. */
  get retryable(): boolean {
    // Nobody may answer now because one of them could not: later that one may.
    return this.code === 'no-provider'
      ? (this.attempts ?? []).some((attempt) => scopeOf(attempt) === 'moment')
      : scopeOf(this) === 'moment';
  }

  /** This error as plain data, stack and causes included: what crosses threads. */
  toData(): ErrorData {
    const { headers, serviceError } = this;
    return {
      ...this.toJSON(),
      headers,
      serviceError,
      stack: stackOf(this),
      cause: describeCause(this.cause),
    };
  }

  /** This error for logs and HTTP: no stack, no cause, no headers, undefined fields left out by `JSON.stringify`. */
  toJSON(): ErrorData {
    const { code, scope, message, provider, model, status, retryAfterMs, requestId, phase, attempts } = this;
    return { code, scope, message, provider, model, status, retryAfterMs, requestId, phase, attempts };
  }

  /** The error that {@link toData} described, with its stack and causes. */
  static fromData(data: ErrorData): G4FError {
    return revive(data);
  }
}

// Not inside the class: there it would name itself, be renamed by the bundler, and print as `_G4FError`.
function revive(data: ErrorData): G4FError {
  const { message, stack, cause, ...details } = data;
  const error = new G4FError(message, { ...details, cause: reviveCause(cause) });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/**
 * The same failure in other words, or knowing more: its fields, causes and stack are kept. A new error, because a
 * provider may throw one and the same twice.
 */
export const reworded = (
  error: G4FError,
  message: string,
  more: Omit<Partial<ErrorDetails>, 'cause'> = {},
): G4FError => {
  const { headers, serviceError, cause } = error;
  const same = new G4FError(message, { ...error.toJSON(), headers, serviceError, cause, ...more });
  // What its thrower added of his own.
  Object.assign(same, { ...error, ...same });
  const stack = stackOf(error);
  // The stack begins with the message, which may have been changed because of what it said.
  if (stack !== undefined)
    same.stack = error.message === '' ? stack : stack.replaceAll(error.message, () => message);
  return same;
};

/** Whether a thrown value is a {@link G4FError}, from this copy of the package or another. */
export const isG4FError = (value: unknown): value is G4FError => {
  try {
    return typeof value === 'object' && value !== null && BRAND in value;
  } catch {
    // A proxy that refuses.
    return false;
  }
};

/**
 * A {@link G4FError} as it is; anything else that was thrown, wrapped under `code`, with what may be shown of it as cause. What the
 * runtime's permission model refused is `invalid-request` whatever the code, because it would refuse it again.
 */
export const toG4FError = (thrown: unknown, details: Omit<ErrorDetails, 'cause'>): G4FError => {
  if (isG4FError(thrown)) return thrown;
  const { message, flag } = read(thrown);
  return flag === undefined
    ? new G4FError(message, { ...details, cause: thrown })
    : new G4FError(`${message} (Start the program with ${flag} as well.)`, {
        ...details,
        code: 'invalid-request',
        cause: thrown,
      });
};

/** Its message, and the flag that would have allowed it. Both read fields of other code, which may throw. */
function read(thrown: unknown): { readonly message: string; readonly flag: string | undefined } {
  try {
    const said: unknown = thrown instanceof Error ? thrown.message : thrown;
    return { message: typeof said === 'string' ? said : textOf(said), flag: deniedFlag(thrown) };
  } catch {
    return { message: UNREADABLE, flag: undefined };
  }
}
