// The surface of `chat`, which both clients share.

import type {
  AssistantMessage,
  ChatCompletion,
  ChatOptions,
  Message,
  ResponseFormat,
  Tool,
  ToolCall,
  ToolChoice,
} from '@g4f/core';
import type { AsyncChunkStream, SyncChunkStream } from './chat-stream.ts';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';

/** A schema of a library that follows Standard Schema (https://standardschema.dev), such as one of Zod 4. */
export interface StandardSchema {
  readonly '~standard': { readonly version: number; readonly vendor: string };
}

/** A JSON Schema, or a schema that can say its JSON Schema: one of Zod 4, or of any library with `~standard.jsonSchema`. */
export type GivenSchema = Readonly<Record<string, unknown>> | StandardSchema;

/** A tool whose `parameters` may be a schema of a library. */
export interface GivenTool extends Pick<Tool, 'type'> {
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: GivenSchema;
    readonly strict?: boolean | null;
  };
}

/** A tool without a schema, as OpenAI has it: the model calls it with any text, or one that fits a grammar. */
export interface GivenCustomTool {
  readonly type: 'custom';
  readonly custom: { readonly name: string; readonly description?: string; readonly format?: object };
}

/** OpenAI's forms of a choice, besides those that a provider receives. */
export type GivenToolChoice =
  | ToolChoice
  | { readonly type: 'custom'; readonly custom: { readonly name: string } }
  | {
      readonly type: 'allowed_tools';
      readonly allowed_tools: { readonly mode: 'auto' | 'required'; readonly tools: readonly object[] };
    };

// The messages of a chat in every form of OpenAI's library: https://platform.openai.com/docs/api-reference/chat/create#chat_create-messages

/** A call of a tool without a schema, as OpenAI has it. */
export interface GivenCustomCall {
  readonly id: string;
  readonly type: 'custom';
  readonly custom: { readonly name: string; readonly input: string };
}

/** What the model said before. */
export interface GivenAssistantMessage extends Omit<AssistantMessage, 'tool_calls'> {
  readonly tool_calls?: readonly (ToolCall | GivenCustomCall)[] | null;
  /** @deprecated OpenAI's old form: sent as one of `tool_calls`. */
  readonly function_call?: { readonly name: string; readonly arguments: string } | null;
}

/** @deprecated The result of a function, in OpenAI's old form: sent as that of the last call of this name. */
export interface GivenFunctionMessage {
  readonly role: 'function';
  readonly name: string;
  readonly content: string | null;
}

/** One message of a conversation. */
export type GivenMessage = Exclude<Message, AssistantMessage> | GivenAssistantMessage | GivenFunctionMessage;

/** The form of the answer; a schema of a library may stand for the JSON Schema, or for all of it. */
export type GivenFormat =
  | ResponseFormat
  | StandardSchema
  | {
      readonly type: 'json_schema';
      readonly json_schema: {
        readonly name: string;
        readonly description?: string;
        readonly schema?: GivenSchema;
        readonly strict?: boolean | null;
      };
    };

/** The parameters that may hold schemas. Schemas of libraries are converted before anything is sent. */
export interface SchemaParams {
  readonly tools?: readonly (GivenTool | GivenCustomTool)[] | null;
  readonly tool_choice?: GivenToolChoice | null;
  readonly response_format?: GivenFormat | null;
  /** @deprecated OpenAI's old form: sent as `tools`; calls come back as `tool_calls`. */
  readonly functions?: readonly Omit<GivenTool['function'], 'strict'>[] | null;
  /** @deprecated OpenAI's old form: sent as `tool_choice`. */
  readonly function_call?: Exclude<ToolChoice, object> | { readonly name: string } | null;
}

/**
 * The parameters of a chat completion, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Some of the call's own options may stand among them (`provider` by id, `timeout`, …), all of them in the second argument.
 */
export interface ChatParams extends ChatOptions, SchemaParams, ParamOptions {
  /** A family (`gpt-5.2`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** The conversation; a string is one message of the user. */
  readonly messages: string | readonly GivenMessage[];
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
