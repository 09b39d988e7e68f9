// A G4FError as the error that OpenAI's library throws for the same failure.
import { type AttemptReport, type ErrorCode, type G4FError, isG4FError } from '@g4f/core';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from './errors.ts';

type ErrorClass = typeof APIError;

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

/** What a code is called by OpenAI, where no service says it. */
interface Meaning {
  readonly type: ErrorClass;
  /** The status that OpenAI answers with. */
  readonly status?: number;
  /** OpenAI's `code`. Source: https://platform.openai.com/docs/guides/error-codes */
  readonly code?: string;
}

const BY_CODE: Readonly<Record<ErrorCode, Meaning>> = {
  'invalid-request': { type: BadRequestError, status: 400 },
  'context-length': { type: BadRequestError, status: 400, code: 'context_length_exceeded' },
  'content-filter': { type: BadRequestError, status: 400, code: 'content_filter' },
  auth: { type: AuthenticationError, status: 401, code: 'invalid_api_key' },
  'payment-required': { type: RateLimitError, status: 429, code: 'insufficient_quota' },
  'model-not-found': { type: NotFoundError, status: 404, code: 'model_not_found' },
  'rate-limit': { type: RateLimitError, status: 429, code: 'rate_limit_exceeded' },
  timeout: { type: APIConnectionTimeoutError },
  network: { type: APIConnectionError },
  'stream-truncated': { type: APIConnectionError },
  aborted: { type: APIUserAbortError },
  server: { type: InternalServerError },
  'no-provider': { type: InternalServerError },
  'bad-response': { type: APIError },
  internal: { type: APIError },
};

/** The error of OpenAI's library for a G4FError, which is its `cause`; anything else as it is. */
export const toOpenAIError = (thrown: unknown): unknown => (isG4FError(thrown) ? asAPIError(thrown) : thrown);

/** What the promise gives; its failure as an error of OpenAI's library. */
export const withOpenAIErrors = async <T>(promise: PromiseLike<T>): Promise<T> => {
  try {
    return await promise;
  } catch (error) {
    throw toOpenAIError(error);
  }
};

function asAPIError(cause: G4FError): APIError {
  const { message, headers, requestId, status, serviceError } = cause;
  const answered = status !== undefined && status >= 400 ? status : undefined;
  const meaning = meaningOf(cause);
  const type = answered === undefined ? meaning.type : classOf(answered);
  const code = serviceError?.code ?? meaning.code;
  return new type(message, {
    status: answered ?? meaning.status,
    headers: headers === undefined ? undefined : new Headers(headers),
    error: { ...serviceError, ...(code !== undefined && { code }), message },
    requestID: requestId,
    cause,
  });
}

const classOf = (status: number): ErrorClass =>
  BY_STATUS[status] ?? (status >= 500 ? InternalServerError : APIError);

/** Where all who were asked failed by the same, that is what the caller can act on. */
function meaningOf({ code, attempts = [] }: G4FError): Meaning {
  if (code !== 'no-provider') return BY_CODE[code];
  const [first, ...others]: readonly AttemptReport[] = attempts;
  // Nobody could be asked: a key is missing, or a model is offered by nobody; the message says what to do.
  if (first === undefined) return { type: APIError };
  return BY_CODE[others.every((other) => other.code === first.code) ? first.code : code];
}
