// The surface of what is made of several calls: answers that are parsed, tools that are run, and conversations that are kept.
import type {
  ChatCompletion,
  ChatCompletionChunk,
  CompletionChoice,
  CompletionMessage,
  Content,
  Message,
  ToolCall,
  Usage,
} from '@g4f/core';
import type {
  ConversationInput,
  ConversationTerms,
  EntryPlace,
  ForkParams,
  TokenCount,
} from '../conversations/conversation-input.ts';
import type { ConversationEntry } from '../conversations/stored-conversation.ts';
import type { ChatParams, GivenFormat } from './chat.ts';
import type { Later, Mode } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AnyRunnable } from './runnable-tools.ts';

/** What a schema of a library gives, by Standard Schema; `unknown` for a JSON Schema. */
export type OutputOf<S> = S extends { readonly '~standard': { readonly types?: infer T } }
  ? NonNullable<T> extends { readonly output: infer O }
    ? O
    : unknown
  : unknown;

/** A format made by `zodResponseFormat` of OpenAI's library. */
export interface ParseableFormat {
  readonly type: 'json_schema';
  $parseRaw(text: string): unknown;
}

/** The form of an answer that is parsed: a schema, or a `response_format` with one inside. */
export type ParseFormat = GivenFormat | ParseableFormat;

/** What an answer of this format is read as. */
export type ParsedBy<F> = F extends { $parseRaw(text: string): infer P }
  ? P
  : F extends { readonly '~standard': unknown }
    ? OutputOf<F>
    : F extends { readonly json_schema: infer J }
      ? J extends { readonly '~standard': unknown }
        ? OutputOf<J>
        : J extends { readonly schema?: infer S }
          ? OutputOf<S>
          : unknown
      : unknown;

/** The parameters of `parse`: those of `create`, with a schema. */
export interface ParseParams<F extends ParseFormat> extends Omit<ChatParams, 'response_format' | 'stream'> {
  readonly response_format: F;
  /**
   * For a service that has no `response_format` of this form: the model is told in words, and nothing of the format is sent. If its
   * answer does not fit, it is asked once more, with what is wrong; a warning on the answer says so. Never done unless asked for.
   */
  readonly emulate?: boolean;
}

/** With any format. */
export type AnyParseParams = ParseParams<ParseFormat> & { readonly stream?: boolean | null };

/** A message with its content read; `parsed` is null for a refusal, and for a message that only calls tools. */
export interface ParsedMessage<T> extends CompletionMessage {
  readonly parsed: T | null;
}

/** An answer whose messages have been read. */
export interface ParsedCompletion<T> extends Omit<ChatCompletion, 'choices'> {
  readonly choices: readonly (Omit<CompletionChoice, 'message'> & { readonly message: ParsedMessage<T> })[];
}

/** A chunk, and what of the answer can be read by now. */
export interface ParsedChunk extends ChatCompletionChunk {
  /**
   * What the choice of this chunk has said so far as a value: fields whose names are complete, texts that may grow, numbers when they
   * are complete. Not checked by the schema. One object that grows with the answer: copy what you keep. Undefined before its first value.
   */
  readonly parsed?: unknown;
}

/**
 * `chat.completions.parse`.
 *
 * Throws a G4FError `bad-response` for an answer that is not JSON or does not fit, with the path of what is wrong in its message and
 * what the model wrote in `answerText`; `bad-response` for one cut at its limit of tokens; `content-filter` for one that a filter stopped.
 * What a schema itself throws is thrown unchanged.
 */
export interface ParseCompletion<M extends Mode> {
  <const F extends ParseFormat>(
    params: ParseParams<F> & { readonly stream: true },
    options?: CallOptions,
  ): ProgramStream<M, ParsedChunk, ParsedCompletion<ParsedBy<F>>>;
  <const F extends ParseFormat>(
    params: ParseParams<F> & { readonly stream?: false | null },
    options?: CallOptions,
  ): Later<M, ParsedCompletion<ParsedBy<F>>>;
}

/** The chunks of several answers, one after another, and what comes of them. */
export interface AsyncProgramStream<Chunk, Result> extends AsyncIterableIterator<Chunk> {
  /** Reads what has not been read, and gives the result. */
  result(): Promise<Result>;
  /** Stops the program and closes the connection. A loop over it ends, without an error. */
  abort(): void;
}

/** The chunks of several answers, one after another, and what comes of them. */
export interface SyncProgramStream<Chunk, Result> extends IterableIterator<Chunk> {
  /** Reads what has not been read, and gives the result. */
  result(): Result;
  /** Stops the program and closes the connection. A loop over it ends, without an error. */
  abort(): void;
}

/** That of a client. */
export type ProgramStream<M extends Mode, Chunk, Result> = M extends 'async'
  ? AsyncProgramStream<Chunk, Result>
  : SyncProgramStream<Chunk, Result>;

/** What became of one call of a tool. */
export interface ToolResult {
  readonly call: ToolCall;
  /** What the schema made of the arguments; absent if it never came to that. */
  readonly arguments?: unknown;
  /** What the tool returned. */
  readonly value?: unknown;
  /** Why there is no value: a text, or what the tool threw. The model is told. */
  readonly error?: unknown;
  /** What the model is given. */
  readonly content: string;
}

/** One answer of the model, and the results of the tools it called. */
export interface ToolStep {
  readonly answer: ChatCompletion;
  readonly results: readonly ToolResult[];
}

/**
 * Why a run ended: the model answered (`stop`), its answer was cut (`length`) or stopped (`content_filter`), there were `maxSteps`
 * answers, or a call was repeated `maxRepeats` times with the same arguments and the same result.
 */
export type ToolStopReason = 'stop' | 'length' | 'content_filter' | 'max-steps' | 'repeated-calls';

/** A run of tools, to its end. */
export interface ToolRun {
  /** The last message of the model. */
  readonly message: CompletionMessage;
  /** The whole conversation, results of tools included: what a further call is given. */
  readonly messages: readonly Message[];
  readonly steps: readonly ToolStep[];
  /** The sum of all steps; undefined if no service told it. */
  readonly usage: Usage | undefined;
  readonly stopReason: ToolStopReason;
}

/** How tools are run. */
export interface ToolRunOptions {
  /** How many answers at most; 10. */
  readonly maxSteps?: number;
  /** How often one call may give one result before the run ends; 3. 0 is for ever. */
  readonly maxRepeats?: number;
  /** How many tools at most run at once; 5. `Client` runs one. */
  readonly concurrency?: number;
  /** How long a tool may take, in ms; 60,000. 0 is for ever. Not in `Client`, where nothing can stop a function. */
  readonly toolTimeout?: number;
  /** Whether a call may run; asked before each, with the arguments checked. The model is told of a false. */
  approve?(call: ToolCall, args: unknown): unknown;
  /** Told after each step, which waits for it. */
  onStep?(step: ToolStep): unknown;
  /** Tools in words, called by JSON, for models that know none; `'words'` sends no `response_format`. Never unless asked for. */
  readonly emulate?: boolean | 'words';
}

/** The parameters of `runTools`: those of `create`, with tools that can be run. */
export interface RunToolsParams extends Omit<ChatParams, 'tools' | 'stream' | 'n'>, ToolRunOptions {
  readonly tools: readonly AnyRunnable[];
}

/** Streamed or not. */
export type AnyRunToolsParams = RunToolsParams & { readonly stream?: boolean | null };

/**
 * `chat.completions.runTools`: asks, runs the tools that the model calls, and asks again, until it answers.
 *
 * What is wrong with a call (no such tool, arguments that are not JSON or do not fit, a call in an answer that was cut, a tool that
 * throws or takes too long) is told to the model, and the tool is not run. What `approve`, `onStep` and schemas throw is thrown unchanged.
 */
export interface RunTools<M extends Mode> {
  (
    params: RunToolsParams & { readonly stream: true },
    options?: CallOptions,
  ): ProgramStream<M, ChatCompletionChunk, ToolRun>;
  (params: RunToolsParams & { readonly stream?: false | null }, options?: CallOptions): Later<M, ToolRun>;
}

/** The methods of a client that are programs. */
export interface ProgramMethods<M extends Mode> {
  readonly parse: ParseCompletion<M>;
  readonly runTools: RunTools<M>;
}

/** What every program has among its parameters. */
export interface ProgramParams extends Pick<ParamOptions, 'signal'> {
  readonly stream?: boolean | null;
}

/** What a conversation is made with: the parameters of `create` but for messages, which go with each call of it. */
export interface ConversationParams
  extends Omit<ChatParams, 'messages' | 'stream' | 'n' | 'store'>,
    ConversationTerms {
  /** What becomes of messages that do not fit: left out, or summarised, by the model itself (`true`) or by the one named. */
  readonly summarise?: boolean | ModelName;
}

/** Parameters for one answer, over those of the conversation. */
export interface SendParams extends Partial<Omit<ChatParams, 'messages' | 'n' | 'store'>> {}

/** Asks; streamed or not. @typeParam Given what stands before the parameters. */
export interface AskAnswer<M extends Mode, Given extends readonly unknown[]> {
  (
    ...given: [...Given, params: SendParams & { readonly stream: true }, options?: CallOptions]
  ): ProgramStream<M, ChatCompletionChunk, ChatCompletion>;
  (
    ...given: [...Given, params?: SendParams & { readonly stream?: false | null }, options?: CallOptions]
  ): Later<M, ChatCompletion>;
}

/**
 * A conversation that keeps its messages. One answer at a time: a call while another is read is `invalid-request`.
 * Every failure is a `G4FError`, but for what a store or `countTokens` throws.
 */
export interface Conversation<M extends Mode> {
  readonly id: string;
  /** The messages, oldest first, with what is known of each; without the instructions. */
  readonly entries: readonly ConversationEntry[];
  /** The same as plain messages, the instructions first: what a further call of `create` is given. */
  readonly messages: readonly Message[];
  /** What of the store could not be read, one line each. */
  readonly warnings: readonly string[];
  /**
   * Keeps the message, asks the model and keeps its answer. What came is kept, marked as cut, when the reader leaves or the answer fails.
   * Warnings on the answer say what was left out for the model's context.
   */
  readonly send: AskAnswer<M, [input: ConversationInput]>;
  /** Asks again after the last message that is no answer. An answer that was there stays in the store. */
  readonly retry: AskAnswer<M, []>;
  /**
   * Puts another content in the place of an entry's; what came after it is left, and stays in the store. `retry()` asks the model then.
   */
  edit(at: EntryPlace, content: Content): Later<M, void>;
  /** A new conversation in the same store, with the messages of this one. */
  fork(params?: ForkParams): Later<M, Conversation<M>>;
  /** Counts what all messages take. */
  tokens(): Later<M, TokenCount>;
}

/** `client.conversation`: opens a conversation, or begins one. The options go to each of its calls. */
export type OpenConversation<M extends Mode> = (
  params: ConversationParams,
  options?: CallOptions,
) => Later<M, Conversation<M>>;
