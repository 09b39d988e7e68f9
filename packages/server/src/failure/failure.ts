// Anything that was thrown → the status, the code and the words that a caller is told.
import { type AttemptReport, type ErrorCode, type G4FError, isG4FError, scopeOf } from '@g4f/core';
import { inHttpWords } from './http-words.ts';
import { type Failure, Refusal } from './refusal.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  'context-length': 400,
  'content-filter': 400,
  auth: 401,
  'payment-required': 402,
  'model-not-found': 404,
  'rate-limit': 429,
  network: 502,
  server: 502,
  'bad-response': 502,
  'stream-truncated': 502,
  'no-provider': 503,
  aborted: 503,
  timeout: 504,
  internal: 500,
};

/** Statuses of a service that say more than our code for it. */
const SAYS_MORE: ReadonlySet<number> = new Set([413, 422, 503, 529]);

/** What the caller is told. Of an error that is not ours nothing is shown: it may hold anything. */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof Refusal) return thrown.failure;
  if (!isG4FError(thrown)) {
    // Nobody else would ever hear of it.
    console.error('@g4f/server:', thrown);
    return {
      status: 500,
      code: 'internal',
      message: 'The gateway failed: this is a bug in it or in its configuration.',
    };
  }
  const { code, retryAfterMs } = thrown;
  return {
    status: statusOf(thrown),
    code,
    message: messageOf(thrown),
    retryAfterMs,
    param: paramOf(thrown),
    attempts: thrown.attempts?.length ?? (wasAsked(thrown) ? 1 : undefined),
  };
};

/** What only a provider that was asked can have come to, besides what has a status. */
const AFTER_ASKING: ReadonlySet<ErrorCode> = new Set([
  'network',
  'server',
  'bad-response',
  'stream-truncated',
  'timeout',
]);

/** Whether a provider was asked: where it was the only one, the error is its own, and has no list of attempts. */
const wasAsked = ({ code, provider, status }: G4FError): boolean =>
  provider !== undefined && (status !== undefined || AFTER_ASKING.has(code));

/** Where nobody could be asked, the client's words tell an operator what to set and to install. */
const messageOf = ({ code, message, model, attempts = [] }: G4FError): string =>
  code === 'no-provider' && attempts.length === 0
    ? `No provider of this gateway can be asked for ${model === undefined ? 'this' : `the model ${JSON.stringify(model.slice(0, 200))}`}: GET /v1/models lists what can be.`
    : inHttpWords(message);

function statusOf(thrown: G4FError): number {
  const { code, status, attempts = [] } = thrown;
  if ((code === 'invalid-request' || code === 'server') && status !== undefined && SAYS_MORE.has(status))
    return status === 529 ? 503 : status;
  return code === 'no-provider' ? (commonStatus(attempts) ?? STATUS[code]) : meant(thrown);
}

/** Where all who were asked failed by the same, that is what the caller can act on. */
function commonStatus(attempts: readonly AttemptReport[]): number | undefined {
  const [first, ...others] = attempts.map(meant);
  return others.every((status) => status === first) ? first : undefined;
}

/** What stands before a service and lets nobody through knows no key: no caller could send another. */
const meant = (failed: Parameters<typeof scopeOf>[0]): number =>
  failed.code === 'auth' && scopeOf(failed) === 'provider' ? 502 : STATUS[failed.code];

/** The field that the message begins with, as the client's checks write it: `messages[0].content must be …`. A service's words name none. */
function paramOf({ code, message, provider, status }: G4FError): string | undefined {
  if (code !== 'invalid-request' || provider !== undefined || status !== undefined) return undefined;
  return /^([a-z]\w*(?:\[\d+\]|\.[a-z]\w*)*)(?: must| is|:)/.exec(message.slice(0, 200))?.[1];
}
