// The surface of `chat`, which both clients share.

import type { ChatCompletion, ChatCompletionChunk, ChatOptions, Message } from '@g4f/core';
import type { Later, Mode } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { RouteAttempt } from './route-attempt.ts';
import type { SchemaParams } from './schema-params.ts';

/**
 * The parameters of a chat completion, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Some of the call's own options may stand among them (`provider` by id, `timeout`, …), all of them in the second argument.
 */
export interface ChatParams extends ChatOptions, SchemaParams, ParamOptions {
  /** A family (`gpt-5.2`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** The conversation; a string is one message of the user. */
  readonly messages: string | readonly Message[];
  readonly stream?: boolean | null;
}

/** Parameters that ask for a stream. */
export type StreamingParams = ChatParams & { readonly stream: true };

/** Parameters that ask for the answer in one piece. */
export type WholeParams = ChatParams & { readonly stream?: false | null };

/** What the service that answers said before its answer; undefined before the first content. */
interface StreamHeaders {
  /** Its id of the request, or null if it names none. */
  readonly requestId: string | null | undefined;
  /** The headers of its answer: names in lower case, without cookies and keys; none of a model that runs on this machine. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** The chunks of one answer as they arrive. Leaving the loop closes the connection to the service. */
export interface AsyncChunkStream extends AsyncIterableIterator<ChatCompletionChunk>, StreamHeaders {
  /** Who has been asked so far, in order. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The chunks of one answer as they arrive; waiting for one blocks the thread. Leaving the loop closes the connection. */
export interface SyncChunkStream extends IterableIterator<ChatCompletionChunk>, StreamHeaders {
  /** Who has been asked so far, in order; up to date as of the last chunk. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.dispose](): void;
}

type ChunkStream<M extends Mode> = M extends 'async' ? AsyncChunkStream : SyncChunkStream;

/** `chat.completions.create`. */
export interface CreateCompletion<M extends Mode> {
  (params: StreamingParams, options?: CallOptions): ChunkStream<M>;
  (params: WholeParams, options?: CallOptions): Later<M, ChatCompletion>;
  (params: ChatParams, options?: CallOptions): ChunkStream<M> | Later<M, ChatCompletion>;
}
