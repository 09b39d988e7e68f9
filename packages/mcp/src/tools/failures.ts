// What went wrong with an MCP server, as this library's error.
import { type ErrorDetails, G4FError, isG4FError, redact, toShownCause } from '@g4f/core';

/** What is known of a failure besides the error. */
export interface FailureFacts {
  readonly who: string;
  readonly what: string;
  /** The end of the process's standard error. */
  readonly lastWords: string;
  /** Why we ended the connection, if we did. */
  readonly reason?: string | undefined;
  /** What a server may repeat of what it was given, and nobody is to see. */
  readonly secrets: readonly string[];
}

/** Codes of the SDK. Source: https://modelcontextprotocol.io/specification/2025-06-18/basic */
const CLOSED = -32000;
const TIMED_OUT = -32001;

/** Statuses of HTTP are above zero, codes of JSON-RPC below. A server that has been started anew does not know the session. */
export const isSessionLost = (error: unknown): boolean => Object(error).code === 404;

/** The server could not be started, or not be spoken with. */
export const connectFailure = (error: unknown, facts: FailureFacts, signal?: AbortSignal): G4FError => {
  const { code } = Object(error);
  // What HTTP answered: nothing was connected that could be started anew.
  if (typeof code === 'number' && code >= 400 && code !== 401 && code !== 403 && signal?.aborted !== true)
    return failed(
      facts,
      `${facts.who}: ${facts.what}: its address answered ${code}. Check url: an MCP server is often at /mcp.`,
      { code: 'bad-response', status: code, cause: error },
    );
  if (code === 'ENOENT')
    return failed(facts, `${facts.who}: its command is not there. Check command and PATH.`, {
      code: 'invalid-request',
      cause: error,
    });
  return callFailure(error, facts, signal);
};

/** A call failed. */
export const callFailure = (error: unknown, facts: FailureFacts, signal?: AbortSignal): G4FError => {
  if (isG4FError(error)) return error;
  const { who, what, reason } = facts;
  const { code } = Object(error);
  if (signal?.aborted === true)
    return new G4FError(`${who}: ${what}: aborted by the caller.`, { code: 'aborted', cause: signal.reason });
  if (code === TIMED_OUT)
    return failed(facts, `${who}: ${what} took too long. Give a longer timeout, or check the server.`, {
      code: 'timeout',
      phase: 'total',
      cause: error,
    });
  if (code === 401 || code === 403)
    return failed(facts, `${who}: ${what}: it refused with ${code}. Check headers.`, {
      code: 'auth',
      status: code,
      cause: error,
    });
  if (reason !== undefined)
    return failed(facts, `${who}: ${what}: ${reason}. Do not use this server.`, {
      code: 'bad-response',
      cause: error,
    });
  if (code === CLOSED || typeof code !== 'number' || code > 0)
    return failed(
      facts,
      `${who}: ${what}: the connection ended${wordsOf(facts)}. The next call starts it anew.`,
      { code: 'network', cause: error },
    );
  // Of a key that is cut nobody would know the rest.
  const said = error instanceof Error ? redact(error.message, facts.secrets) : '';
  const words = oneLine(said).slice(0, MOST_CHARACTERS);
  return failed(facts, `${who}: ${what} was refused: ${words}`, {
    code: 'bad-response',
    scope: 'request',
    cause: error,
  });
};

/** A server may repeat what it was given. */
const failed = ({ secrets }: FailureFacts, message: string, details: ErrorDetails): G4FError =>
  new G4FError(redact(message, secrets), { ...details, cause: toShownCause(details.cause, secrets) });

const wordsOf = ({ lastWords, secrets }: FailureFacts): string => {
  const words = oneLine(redact(lastWords, secrets)).slice(-MOST_CHARACTERS);
  return words === '' ? '' : `; its last words: ${words}`;
};

const MOST_CHARACTERS = 500;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
