// What a call tells besides its answer: who was asked, and what the service said before the answer.
import type { AttemptReport, HttpResponse } from '@g4f/core';

/** Headers by their names in lower case. */
export type ResponseHeaders = HttpResponse['headers'];

/** What is told of an answer: of one that came over no network, nothing. */
export interface Received {
  /** The HTTP status; null of an answer that came over no network. */
  readonly status: number | null;
  /** The service's id of the request; null if it named none. */
  readonly requestId: string | null;
  readonly headers: ResponseHeaders;
  /** The text without the keys of the request; absent where none was sent. */
  redact?(text: string): string;
}

/** A provider that answers without a service. */
export const NOTHING_RECEIVED: Received = { status: null, requestId: null, headers: {} };

/** What crossed between threads as JSON. */
export const readReceived = (json: string | undefined): Received | undefined =>
  json === undefined ? undefined : JSON.parse(json);

const RECEIVED = Symbol('received');

// Looked at when somebody asks for it: it is redacted first. The same for all answers: functions of its own would give each a shape of its own.
const reading = (
  field: keyof Received,
): PropertyDescriptor & ThisType<{ readonly [RECEIVED]: Received }> => ({
  get() {
    return this[RECEIVED][field];
  },
});
const REQUEST_ID = reading('requestId');
const HEADERS = reading('headers');

/** The answer, with what was received before it where OpenAI's library has it, and out of the way of what is printed or stored. */
export const withReceived = <T extends object>(answer: T, received: Received = NOTHING_RECEIVED): T => {
  // One by one: `defineProperties` copies what it is given, with each answer.
  Object.defineProperty(answer, RECEIVED, { value: received });
  Object.defineProperty(answer, '_request_id', REQUEST_ID);
  return Object.defineProperty(answer, '_headers', HEADERS);
};

/** What a service said before its answer, as `withResponse()` gives it. */
export interface ServiceResponse {
  /** The HTTP status; null of an answer that no service gave: a model on this machine, or the cache. */
  readonly status: number | null;
  /** Whether the status is between 200 and 299; true where there is none. */
  readonly ok: boolean;
  /** The headers, without cookies and keys. */
  readonly headers: Headers;
}

/** An answer and what came before it, in the shape of OpenAI's library. */
export interface WithResponse<T> {
  readonly data: T;
  readonly response: ServiceResponse;
  /** The service's id of the request; null if it named none. */
  readonly request_id: string | null;
}

/** A promise of an answer that can tell the service's response, too. */
export interface AnswerPromise<T> extends Promise<T> {
  /**
   * The answer with status, headers and id of the request of the service that gave it. There is no `asResponse()`: the body
   * has been read, perhaps of several requests, so that no `Response` could be given that is the service's own.
   */
  withResponse(): Promise<WithResponse<T>>;
}

/** The answer beside what was received before it. */
export const besideResponse = <T>(data: T, received: Received = NOTHING_RECEIVED): WithResponse<T> => {
  const { status, headers, requestId } = received;
  const ok = status === null || (status >= 200 && status < 300);
  return { data, response: { status, ok, headers: new Headers(headers) }, request_id: requestId };
};

/** One provider that was asked in a call: it failed (`code`, `message`), or answers. Times in ms. */
export type RouteAttempt = Omit<AttemptReport, 'code' | 'message'> &
  Partial<Pick<AttemptReport, 'code' | 'message'>>;
