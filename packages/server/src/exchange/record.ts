// What is told of a request once it has been answered: for logs and metrics.
import type { ErrorCode } from '@g4f/core';
import type { ServerCode } from '../failure/refusal.ts';

/** One request. No body, no key and no address of a caller is in it. */
export interface RequestRecord {
  /** As in the header `x-request-id`. */
  readonly requestId: string;
  readonly method: string;
  /** The pattern of the route, such as `/v1/models/:id{.+}`; undefined where there is none. */
  readonly route: string | undefined;
  /** HTTP status. */
  readonly status: number;
  /** From the headers of the request to the end of the answer; on runtimes that do not tell the end, to its beginning. */
  readonly ms: number;
  /** Whether the caller got the answer to its end; a stream that told of a failure has come to its end. */
  readonly isComplete: boolean;
  /** The model that was asked for, as the caller wrote it. */
  readonly model?: string;
  /** Who answered. */
  readonly provider?: string;
  /** Why it failed. */
  readonly code?: ErrorCode | ServerCode;
}

/** Is told of each request. What it throws is written to stderr. */
export type Observe = (record: RequestRecord) => void;

/** What becomes known while a request is answered. */
export interface Outcome {
  model?: string;
  code?: ErrorCode | ServerCode;
  route?: string;
  /** What the caller wrote: what of it stands in a failure is no secret to them. */
  written?: unknown;
}
