// The surface of `responses`, which both clients share.
import type {
  DeletedResponse,
  ModelResponse,
  ResponseFunctionCall,
  ResponseItem,
  ResponseItemList,
  ResponseOutputItem,
  ResponseOutputPart,
  ResponseStreamEvent,
} from '@g4f/core';
import type { StandardSchema } from './chat.ts';
import type { Later, Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AsyncAnswerStream, SyncPartStream } from './part-stream.ts';
import type { OutputOf, ProgramStream } from './programs.ts';

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
  /** The format may be a schema of a library, or hold one; `parse` reads the answer by it, too. */
  readonly text?: {
    readonly format?: ParamFields | StandardSchema | null;
    readonly verbosity?: string | null;
  } | null;
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

/** What a text of this `text.format` is read as: a schema of a library, what `zodTextFormat` makes, or a frame with a schema inside. */
export type ParsedByText<F> = F extends { $parseRaw(text: string): infer P }
  ? P
  : F extends { readonly '~standard': unknown }
    ? OutputOf<F>
    : F extends { readonly schema: infer S }
      ? OutputOf<S>
      : unknown;

/** The parameters of `responses.parse`: those of `create`, with schemas of libraries in `text.format` and in functions' `parameters`. */
export interface ParseResponseParams<F extends object>
  extends Omit<ResponseParams, 'text' | 'tools' | 'stream'> {
  readonly text?: { readonly format?: F | null; readonly verbosity?: string | null } | null;
  /** The arguments of a function are read where its `parameters` are a schema, where it is `strict`, and where `zodResponsesFunction` made it. */
  readonly tools?: readonly object[] | null;
}

/** With any format. */
export type AnyParseResponseParams = ParseResponseParams<object> & { readonly stream?: boolean | null };

/** A piece of a message; of a text, `parsed` is what the schema made of it, or null where there is no schema. */
export type ParsedPart<T> =
  | (Extract<ResponseOutputPart, { readonly type: 'output_text' }> & { readonly parsed: T | null })
  | Extract<ResponseOutputPart, { readonly type: 'refusal' }>;

type MessageItem = Extract<ResponseOutputItem, { readonly type: 'message' }>;

/** An item whose texts and arguments have been read; arguments that are not read are null. */
export type ParsedItem<T> =
  | (Omit<MessageItem, 'content'> & { readonly content: readonly ParsedPart<T>[] })
  | (ResponseFunctionCall & { readonly parsed_arguments: unknown })
  | Exclude<ResponseOutputItem, MessageItem | ResponseFunctionCall>;

/** A response whose output has been read. */
export interface ParsedResponse<T> extends Omit<ModelResponse, 'output'> {
  readonly output: readonly ParsedItem<T>[];
  /** What the first text was read as; null for a refusal, and for a response that only calls tools. */
  readonly output_parsed: T | null;
}

/** An event; with more of a text comes `parsed`, what can be read of it by now, as in `ParsedChunk`. */
export type ParsedResponseEvent = ResponseStreamEvent & { readonly parsed?: unknown };

/**
 * `responses.parse`.
 *
 * Throws a G4FError `bad-response` for a text, or arguments of a function, that are not JSON or do not fit, with the path of what is
 * wrong in its message and what the model wrote in `answerText`; `bad-response` for a response cut at its limit of tokens;
 * `content-filter` for one that a filter stopped. What a schema itself throws is thrown unchanged.
 */
export interface ParseResponse<M extends Mode> {
  <const F extends object>(
    params: ParseResponseParams<F> & { readonly stream: true },
    options?: CallOptions,
  ): ProgramStream<M, ParsedResponseEvent, ParsedResponse<ParsedByText<F>>>;
  <const F extends object>(
    params: ParseResponseParams<F> & { readonly stream?: false | null },
    options?: CallOptions,
  ): Later<M, ParsedResponse<ParsedByText<F>>>;
}

/** `responses.create` and `stream`. */
export interface CreateResponses<M extends Mode> {
  readonly create: CreateResponse<M>;
  /** `create` with `stream: true`. */
  stream(params: ResponseParams, options?: CallOptions): ResponseStream<M>;
}

/** What of the options may stand among the parameters of a response that is kept. */
type StoredOptions = Pick<ParamOptions, 'provider' | 'timeout' | 'signal' | 'maxRetries'>;

/** The parameters of `responses.retrieve`. */
export interface RetrieveParams extends StoredOptions {
  /** What the response should hold besides, such as `message.output_text.logprobs`. */
  readonly include?: readonly string[] | null;
}

/** The parameters of `responses.inputItems.list`. */
export interface InputItemsParams extends StoredOptions {
  /** The id of the item before the first one. */
  readonly after?: string | null;
  readonly include?: readonly string[] | null;
  /** How many at most come at once. */
  readonly limit?: number | null;
  /** The newest first, unless given. */
  readonly order?: 'asc' | 'desc' | null;
}

type ListedItem = ResponseItemList['data'][number];

/** Some of the items; a loop over it goes through all that follow, too, and asks for more where there are. */
export type InputItemsPage<M extends Mode> = ResponseItemList &
  (M extends 'async' ? AsyncIterable<ListedItem> : Iterable<ListedItem>);

type ListedItems<M extends Mode> = M extends 'async'
  ? Promised<M, InputItemsPage<M>> & AsyncIterable<ListedItem>
  : InputItemsPage<M>;

/**
 * Responses that a service keeps, by their ids. Asked is the provider that is named (`provider`), and else the one that gave the response
 * of that id to this client, which remembers the last 1,000. Throws a G4FError `invalid-request` where neither is known, where the
 * provider keeps none of that id, and where it cannot do it; the error names those that can.
 */
export interface StoredResponses<M extends Mode> {
  /** The response, as far as it has come. One that has failed is given as it is: look at `status` and `error`. */
  retrieve(id: string, params?: RetrieveParams, options?: CallOptions): Promised<M, ModelResponse>;
  /** Stops a response that is made in the background. */
  cancel(id: string, options?: CallOptions): Promised<M, ModelResponse>;
  delete(id: string, options?: CallOptions): Promised<M, DeletedResponse>;
  readonly inputItems: {
    /** What the response was the answer to. */
    list(id: string, params?: InputItemsParams, options?: CallOptions): ListedItems<M>;
  };
}

/** `responses` without what is made of it. */
export interface ResponseMethods<M extends Mode> extends CreateResponses<M>, StoredResponses<M> {}

/** `responses`: natively where a provider has them, and carried out by its chat elsewhere. */
export interface Responses<M extends Mode> extends ResponseMethods<M> {
  readonly parse: ParseResponse<M>;
}
