// The surface of `responses`, which both clients share.
import type { ModelResponse, ResponseItem, ResponseStreamEvent } from '@g4f/core';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AsyncAnswerStream, SyncPartStream } from './part-stream.ts';

type ParamFields = Readonly<Record<string, unknown>>;

/**
 * The parameters of `responses.create`, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Source: https://platform.openai.com/docs/api-reference/responses/create
 */
export interface ResponseParams extends ParamOptions {
  /** A family (`gpt-5.2`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** A text of the user, or the items of the conversation: messages, results of calls, and the output of earlier responses as it came. */
  readonly input?: string | readonly ResponseItem[] | null;
  /** Stands above the conversation, as a message of the system does. */
  readonly instructions?: string | null;
  readonly stream?: boolean | null;
  readonly background?: boolean | null;
  readonly context_management?: readonly ParamFields[] | null;
  readonly conversation?: string | ParamFields | null;
  readonly include?: readonly string[] | null;
  readonly max_output_tokens?: number | null;
  readonly max_tool_calls?: number | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly previous_response_id?: string | null;
  readonly prompt?: ParamFields | null;
  readonly prompt_cache_key?: string | null;
  readonly prompt_cache_retention?: string | null;
  readonly reasoning?: { readonly effort?: string | null; readonly summary?: string | null } | null;
  readonly safety_identifier?: string | null;
  readonly service_tier?: string | null;
  readonly store?: boolean | null;
  readonly stream_options?: ParamFields | null;
  readonly temperature?: number | null;
  readonly text?: { readonly format?: ParamFields | null; readonly verbosity?: string | null } | null;
  readonly tool_choice?: string | ParamFields | null;
  /** Functions and tools without a schema are the caller's; those of other types are run by services that have them. */
  readonly tools?: readonly ParamFields[] | null;
  readonly top_logprobs?: number | null;
  readonly top_p?: number | null;
  readonly truncation?: string | null;
  readonly user?: string | null;
}

/** Parameters that ask for a stream. */
export type StreamingResponseParams = ResponseParams & { readonly stream: true };

/** Parameters that ask for the response in one piece. */
export type WholeResponseParams = ResponseParams & { readonly stream?: false | null };

/** The events of one response as they arrive. Leaving the loop closes the connection to the service. */
export interface AsyncResponseStream extends AsyncAnswerStream<ResponseStreamEvent> {
  /** Reads what has not been read, and gives the whole response. @throws G4FError */
  finalResponse(): Promise<ModelResponse>;
}

/** The events of one response as they arrive; waiting for one blocks the thread. Leaving the loop closes the connection. */
export interface SyncResponseStream extends SyncPartStream<ResponseStreamEvent> {
  /** Reads what has not been read, and gives the whole response. @throws G4FError */
  finalResponse(): ModelResponse;
}

type ResponseStream<M extends Mode> = M extends 'async' ? AsyncResponseStream : SyncResponseStream;

/** `responses.create`. */
export interface CreateResponse<M extends Mode> {
  (params: StreamingResponseParams, options?: CallOptions): ResponseStream<M>;
  (params: WholeResponseParams, options?: CallOptions): Promised<M, ModelResponse>;
  (params: ResponseParams, options?: CallOptions): ResponseStream<M> | Promised<M, ModelResponse>;
}

/** `responses`: natively where a provider has them, and carried out by its chat elsewhere. */
export interface Responses<M extends Mode> {
  readonly create: CreateResponse<M>;
  /** `create` with `stream: true`. */
  stream(params: ResponseParams, options?: CallOptions): ResponseStream<M>;
}
