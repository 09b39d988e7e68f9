// The types of chats, by OpenAI's names.
import type {
  ChatParams,
  ChatCompletionChunk as Chunk,
  ChatCompletion as Completion,
  GivenTool,
  Message,
  StreamingParams,
  ToolCall,
  WholeParams,
} from '@g4f/client';
import type { AnswerMessage } from './streams/chat-completion-runner.ts';

/** See ChatCompletion of `@g4f/client`. */
export type ChatCompletion = Completion;
/** See ChatCompletionChunk of `@g4f/client`. */
export type ChatCompletionChunk = Chunk;
/** See AnswerMessage of `@g4f/client`. */
export type ChatCompletionMessage = AnswerMessage;
/** See Message of `@g4f/client`. */
export type ChatCompletionMessageParam = Message;
/** See Message of `@g4f/client`. */
export type ChatCompletionSystemMessageParam = Extract<Message, { role: 'system' | 'developer' }>;
/** See Message of `@g4f/client`. */
export type ChatCompletionUserMessageParam = Extract<Message, { role: 'user' }>;
/** See Message of `@g4f/client`. */
export type ChatCompletionAssistantMessageParam = Extract<Message, { role: 'assistant' }>;
/** See Message of `@g4f/client`. */
export type ChatCompletionToolMessageParam = Extract<Message, { role: 'tool' }>;
/** See ToolCall of `@g4f/client`. */
export type ChatCompletionMessageToolCall = ToolCall;
/** See GivenTool of `@g4f/client`. */
export type ChatCompletionTool = GivenTool;
/** See GivenTool of `@g4f/client`. */
export type ChatCompletionFunctionTool = GivenTool;
/** See ChatParams of `@g4f/client`. */
export type ChatCompletionCreateParams = ChatParams;
/** See StreamingParams of `@g4f/client`. */
export type ChatCompletionCreateParamsStreaming = StreamingParams;
/** See WholeParams of `@g4f/client`. */
export type ChatCompletionCreateParamsNonStreaming = WholeParams;
