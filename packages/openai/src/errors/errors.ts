// The error classes of OpenAI's library, by their names and fields.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/core/error.ts
import type { ServiceError } from '@g4f/core';

/** What every error of this package is. */
export class OpenAIError extends Error {}

/** The body of a refusal, as far as it is known. */
export interface ErrorBody extends ServiceError {
  readonly message: string;
}

/** What is known of a failed call. */
export interface APIFailure {
  /** The HTTP status of the service; where none answered, the one that OpenAI has for such a failure, if it has one. */
  readonly status?: number | undefined;
  /** The headers of the service's answer; undefined where none answered. */
  readonly headers?: Headers | undefined;
  readonly error?: ErrorBody | undefined;
  /** The service's id of the request. */
  readonly requestID?: string | undefined;
  /** The G4FError: its `code`, `provider` and `attempts` say more. */
  readonly cause?: unknown;
}

/** A call that failed. `cause` is the G4FError that says who was asked, and how each of them failed. */
export class APIError extends OpenAIError {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly error: ErrorBody | undefined;
  /** The service's own code, such as `context_length_exceeded`; OpenAI's for the same failure where the service gave none. */
  readonly code: string | null | undefined;
  readonly param: string | null | undefined;
  readonly type: string | undefined;
  readonly requestID: string | null | undefined;

  constructor(message: string, { status, headers, error, requestID, cause }: APIFailure = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
    this.headers = headers;
    this.error = error;
    this.code = error?.code;
    this.param = error?.param;
    this.type = error?.type;
    this.requestID = requestID;
  }

  /** The same as `requestID`: its name in versions before 5. */
  get request_id(): string | null | undefined {
    return this.requestID;
  }
}

/** The caller aborted the call. */
export class APIUserAbortError extends APIError {}

/** No connection, or one that broke: nothing is known of the service's answer, or not all of it. */
export class APIConnectionError extends APIError {}

/** A deadline passed. */
export class APIConnectionTimeoutError extends APIConnectionError {}

/** 400: the request is not valid, refused by the service, or here before it was sent. */
export class BadRequestError extends APIError {}

/** 401: the key is missing, or not valid. */
export class AuthenticationError extends APIError {}

/** 403 */
export class PermissionDeniedError extends APIError {}

/** 404: no such model, or address. */
export class NotFoundError extends APIError {}

/** 409 */
export class ConflictError extends APIError {}

/** 422 */
export class UnprocessableEntityError extends APIError {}

/** 429: too many requests, or a quota that is used up. */
export class RateLimitError extends APIError {}

/** 500 and above. */
export class InternalServerError extends APIError {}

/** `parse`: the answer was cut at its limit of tokens. */
export class LengthFinishReasonError extends OpenAIError {}

/** `parse`: the answer was stopped by a content filter. */
export class ContentFilterFinishReasonError extends OpenAIError {}
