// What all streams of answers have in common, whatever they are made of.
import type { RouteAttempt } from './route-attempt.ts';

/** What the service that answers said before its answer; undefined before the first content. */
export interface StreamHeaders {
  /** Its id of the request, or null if it names none. */
  readonly requestId: string | null | undefined;
  /** The headers of its answer: names in lower case, without cookies and keys; none of a model that runs on this machine. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** The parts of one answer as they arrive. Leaving the loop closes the connection to the service. */
export interface AsyncPartStream<Part> extends AsyncIterableIterator<Part>, StreamHeaders {
  /** Who has been asked so far, in order. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The parts of one answer as they arrive; waiting for one blocks the thread. Leaving the loop closes the connection. */
export interface SyncPartStream<Part> extends IterableIterator<Part>, StreamHeaders {
  /** Who has been asked so far, in order; up to date as of the last part. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.dispose](): void;
}
