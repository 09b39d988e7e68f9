// What is asked of a provider: OpenAI's chat-completion body, typed, with the model already resolved.
import type { Content, Message } from './message.ts';

/** A function the model may call; `parameters` is a JSON Schema. */
export interface Tool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly strict?: boolean | null;
  };
}

/** Whether, and which, tool must be called. */
export type ToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { readonly type: 'function'; readonly function: { readonly name: string } };

/** The form the answer must take: free text, any JSON, or JSON that fits a schema. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly description?: string;
        readonly schema?: Readonly<Record<string, unknown>>;
        readonly strict?: boolean | null;
      };
    };

/**
 * The parameters of a chat completion that are known by name, in OpenAI's spelling; `tools`, `tool_choice` and `response_format`, which
 * a caller may give in more forms than a provider receives, are in {@link ChatRequest}.
 * Source: https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatOptions {
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly n?: number | null;
  /** Most tokens of the answer; older name of `max_completion_tokens`. */
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly seed?: number | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly reasoning_effort?: string | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly user?: string;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly modalities?: readonly string[] | null;
  readonly audio?: { readonly voice: unknown; readonly format: string } | null;
  readonly prediction?: { readonly type: 'content'; readonly content: Content } | null;
  readonly prompt_cache_key?: string | null;
  readonly prompt_cache_retention?: string | null;
  readonly safety_identifier?: string | null;
  readonly service_tier?: string | null;
  readonly store?: boolean | null;
  readonly verbosity?: string | null;
  readonly web_search_options?: object | null;
  /** Not OpenAI's; many services take it. */
  readonly top_k?: number | null;
  /** Not OpenAI's; many services take it. */
  readonly min_p?: number | null;
  /** Not OpenAI's; many services take it. */
  readonly repetition_penalty?: number | null;
}

/** One chat request as a provider receives it: `model` is the provider's own id, `messages` is never a bare string. */
export interface ChatRequest extends ChatOptions {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly stream: boolean;
  readonly tools?: readonly Tool[];
  readonly tool_choice?: ToolChoice;
  readonly response_format?: ResponseFormat;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}
