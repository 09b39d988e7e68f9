// The types of chats, by OpenAI's names.
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatParams,
  GivenCustomTool,
  GivenMessage,
  GivenTool,
  Message,
  StreamingParams,
  ToolCall,
  WholeParams,
} from '@g4f/client';
import type { AnswerMessage } from './streams/chat-completion-runner.ts';

/** By OpenAI's names those of `@g4f/client`. A table, because the bundler of types would let an alias of the same name name itself. */
export interface ChatTypes {
  ChatCompletion: ChatCompletion;
  ChatCompletionChunk: ChatCompletionChunk;
  ChatCompletionMessage: AnswerMessage;
  ChatCompletionMessageParam: GivenMessage;
  ChatCompletionSystemMessageParam: Extract<Message, { role: 'system' | 'developer' }>;
  ChatCompletionUserMessageParam: Extract<Message, { role: 'user' }>;
  ChatCompletionAssistantMessageParam: Extract<GivenMessage, { role: 'assistant' }>;
  ChatCompletionToolMessageParam: Extract<Message, { role: 'tool' }>;
  ChatCompletionMessageToolCall: ToolCall;
  ChatCompletionTool: GivenTool | GivenCustomTool;
  ChatCompletionFunctionTool: GivenTool;
  ChatCompletionCreateParams: ChatParams;
  ChatCompletionCreateParamsStreaming: StreamingParams;
  ChatCompletionCreateParamsNonStreaming: WholeParams;
}
