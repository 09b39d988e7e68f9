// The surface of `chat`, which both clients share.

import type { ChatCompletion, ChatOptions, Message } from '@g4f/core';
import type { AsyncChunkStream, SyncChunkStream } from './chat-stream.ts';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
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

type ChunkStream<M extends Mode> = M extends 'async' ? AsyncChunkStream : SyncChunkStream;

/** `chat.completions.create`. */
export interface CreateCompletion<M extends Mode> {
  (params: StreamingParams, options?: CallOptions): ChunkStream<M>;
  (params: WholeParams, options?: CallOptions): Promised<M, ChatCompletion>;
  (params: ChatParams, options?: CallOptions): ChunkStream<M> | Promised<M, ChatCompletion>;
}

/**
 * `chat.completions.stream`: as `create` with `stream: true`, and keeps what it reads, so that the finished answer can be
 * asked for after a loop.
 */
export type StreamCompletion<M extends Mode> = (params: ChatParams, options?: CallOptions) => ChunkStream<M>;
