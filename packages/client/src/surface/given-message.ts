// The messages of a chat as callers have them: in every form of OpenAI's library.
// Source: https://platform.openai.com/docs/api-reference/chat/create#chat_create-messages
import type { AssistantMessage, Message, ToolCall } from '@g4f/core';

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
