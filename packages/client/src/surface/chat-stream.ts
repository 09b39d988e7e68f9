// The stream of `chat.completions`: chunks, events, and the finished answer.
// Source: https://github.com/openai/openai-node/blob/main/helpers.md#chat-events
import type { ChatCompletion, ChatCompletionChunk, CompletionMessage, G4FError, Usage } from '@g4f/core';
import type { AsyncAnswerStream, SyncAnswerStream } from './part-stream.ts';

/** The events of a chat stream, and what their listeners are given. Those of content and calls are of choice 0. */
export interface ChatStreamEvents {
  /** The first chunk is there. */
  connect: [];
  /** Each chunk. The snapshot is the answer so far, put together when its fields are looked at. */
  chunk: [chunk: ChatCompletionChunk, snapshot: ChatSnapshot];
  /** New text, and all text so far. */
  content: [delta: string, snapshot: string];
  'content.delta': [{ readonly delta: string; readonly snapshot: string }];
  'content.done': [{ readonly content: string }];
  'refusal.delta': [{ readonly delta: string; readonly snapshot: string }];
  'refusal.done': [{ readonly refusal: string }];
  'tool_calls.function.arguments.delta': [ToolCallSnapshot & { readonly arguments_delta: string }];
  'tool_calls.function.arguments.done': [ToolCallSnapshot];
  chatCompletion: [completion: ChatCompletion];
  message: [message: CompletionMessage];
  functionToolCall: [call: { readonly name: string; readonly arguments: string }];
  finalChatCompletion: [completion: ChatCompletion];
  finalMessage: [message: CompletionMessage];
  finalContent: [content: string];
  totalUsage: [usage: Usage];
  /** The answer failed; not for an abort. */
  error: [error: G4FError | Error];
  /** The stream was left or aborted before its end. */
  abort: [error: G4FError];
  /** The last one, whatever came before. */
  end: [];
}

/** An answer so far. */
export interface ChatSnapshot
  extends Pick<ChatCompletion, 'id' | 'object' | 'created' | 'model' | 'provider' | 'choices'> {
  readonly usage: Usage | undefined;
}

/** A tool call so far. */
export interface ToolCallSnapshot {
  readonly name: string;
  readonly index: number;
  readonly arguments: string;
}

/** The name of an event of a chat stream. */
export type ChatStreamEvent = keyof ChatStreamEvents;

/** Is called at an event. What it throws ends the stream, and is its error. */
export type ChatStreamListener<Name extends ChatStreamEvent> = (...given: ChatStreamEvents[Name]) => void;

/**
 * The chunks of one answer. A listener, `done()`, `emitted()` or one of the `final…` methods reads the stream to its end by
 * itself, unless a loop begins in the same turn of the event loop, which then sets the pace. What is kept of the answer for
 * them is bounded as a whole answer is (`LIMITS.foldedCharacters`). No promise of these methods is ever an unhandled
 * rejection; a failure that nobody awaits or listens for is told in one line on stderr.
 */
export interface AsyncChunkStream extends AsyncAnswerStream<ChatCompletionChunk> {
  /** The token counts, once the stream is over; undefined before, and where the service tells none. */
  readonly usage: Usage | undefined;
  tee(): [AsyncChunkStream, AsyncChunkStream];
  /** The finished message of choice 0. Rejects where the stream throws, and with `aborted` for one that was left. */
  finalMessage(): Promise<CompletionMessage>;
  /** Its text; null for one of tool calls alone. */
  finalText(): Promise<string | null>;
  /** The same: OpenAI's name. */
  finalContent(): Promise<string | null>;
  /** The finished answer, as `create()` without `stream` gives it. */
  finalCompletion(): Promise<ChatCompletion>;
  /** The same: OpenAI's name. */
  finalChatCompletion(): Promise<ChatCompletion>;
  /** Resolves at the end of the stream. Rejects where it fails, and with `aborted` for one that was left. */
  done(): Promise<void>;
  /** Calls the listener at each such event. @throws G4FError `invalid-request` for an event that there is not */
  on<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this;
  /** Calls it at the next one alone. */
  once<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this;
  /** Calls it no more. */
  off<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): this;
  /** What the listeners of the next such event are given first. Rejects where the stream ends before. */
  emitted<Name extends ChatStreamEvent>(event: Name): Promise<ChatStreamEvents[Name][0]>;
}

/** The chunks of one answer, for a thread that blocks. It has no listeners: a loop is told of each chunk when it is there. */
export interface SyncChunkStream extends SyncAnswerStream<ChatCompletionChunk> {
  /** The token counts, once the stream is over; undefined before, and where the service tells none. */
  readonly usage: Usage | undefined;
  tee(): [SyncChunkStream, SyncChunkStream];
  /** As {@link AsyncChunkStream.finalMessage}; blocks until the end. */
  finalMessage(): CompletionMessage;
  finalText(): string | null;
  finalContent(): string | null;
  finalCompletion(): ChatCompletion;
  finalChatCompletion(): ChatCompletion;
}
