// What a service said of its answer before the answer: its headers, and its id of the request.
import type { HttpResponse } from '@g4f/core';

/** Headers by their names in lower case. */
export type ResponseHeaders = HttpResponse['headers'];

/** What is told of an answer: of one that came over no network, nothing. */
export interface Received {
  /** The service's id of the request; null if it named none. */
  readonly requestId: string | null;
  readonly headers: ResponseHeaders;
}

/** A provider that answers without a service. */
export const NOTHING_RECEIVED: Received = { requestId: null, headers: {} };

/** What crossed between threads as JSON. */
export const readReceived = (json: string | undefined): Received | undefined =>
  json === undefined ? undefined : JSON.parse(json);

/** The answer, with what was received before it where OpenAI's library has it, and out of the way of what is printed or stored. */
export const withReceived = <T extends object>(answer: T, received: Received = NOTHING_RECEIVED): T =>
  Object.defineProperties(answer, {
    // Looked at when somebody asks for it: it is redacted first.
    _request_id: { get: () => received.requestId },
    _headers: { get: () => received.headers },
  });
