// What all streams of answers have in common, whatever they are made of.
import type { RouteAttempt, WithResponse } from './received.ts';

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

/** How `pipeTo` ends, as in `ReadableStream.pipeTo`. */
export interface PipeOptions {
  readonly preventAbort?: boolean;
  readonly preventCancel?: boolean;
  readonly preventClose?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The parts of one answer, which are read in one way: by a loop, or by one of the methods below, each of which throws
 * `invalid-request` for a stream that is read already. Names as in OpenAI's library, where it has them.
 */
export interface AsyncAnswerStream<Part> extends AsyncPartStream<Part> {
  /**
   * Two streams of the same answer, each of which may be read at its own pace; what one has read is kept for the other. One
   * that falls further behind than `LIMITS.teedCharacters` throws `invalid-request`, and the other goes on. The connection is
   * closed when both are left.
   */
  tee(): [AsyncAnswerStream<Part>, AsyncAnswerStream<Part>];
  /** Bytes: each part as one line of JSON. It fails where the answer does; cancelling it closes the connection. */
  toReadableStream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /**
   * A `Response` of server-sent events for a route handler: `data: {part}`, `data: [DONE]` at the end. Its status is fixed
   * before the service is asked, so a failure is an event: `event: error`, with `{"error":{"message","type","code","param"}}`;
   * the message is the error's own only where it is what a service said of the request.
   * Awaiting the stream first throws what is known without asking. Cancelling the body closes the connection.
   */
  toResponse(init?: ResponseInit): Response;
  /** Writes each part, as an object, into a WritableStream, at its pace; rejects when the answer fails or the writing does. */
  pipeTo(writable: WritableStream<Part>, options?: PipeOptions): Promise<void>;
  /** This stream once the service has begun to answer, with the status, headers and id of its response. */
  withResponse(): Promise<WithResponse<this>>;
}

/** The parts of one answer, for a thread that blocks. What needs an event loop (web streams, listeners) is AsyncClient's. */
export interface SyncAnswerStream<Part> extends SyncPartStream<Part> {
  /** As {@link AsyncAnswerStream.tee}. */
  tee(): [SyncAnswerStream<Part>, SyncAnswerStream<Part>];
  /** As {@link AsyncAnswerStream.withResponse}; blocks until the service has begun to answer. */
  withResponse(): WithResponse<this>;
}
