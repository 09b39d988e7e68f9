// A conversation of either client, asked by one form.
import type { ChatCompletion, ChatCompletionChunk, Message } from '@g4f/core';
import type { AsyncClient } from '../../src/async-client.ts';
import type { Client } from '../../src/client.ts';
import type { ConversationInput } from '../../src/conversations/conversation-input.ts';
import type { Conversation } from '../../src/surface/programs.ts';
import type { ScriptStep } from './both-clients.ts';

/** That of either client. */
export type AnyConversation = Conversation<'async'> | Conversation<'sync'>;

/** Opens one in which the provider answers by a script. */
export const opened = async (
  client: AsyncClient | Client,
  script: readonly ScriptStep[],
  params: object = {},
): Promise<AnyConversation> =>
  await Reflect.apply(client.conversation, undefined, [{ model: 'model', script, ...params }]);

/** Says something, and gives the text of the answer. */
export const said = async (
  conversation: AnyConversation,
  input: ConversationInput,
  params: object = {},
): Promise<string> => {
  const answer: ChatCompletion = await Reflect.apply(conversation.send, undefined, [input, params]);
  return answer.choices[0]?.message.content ?? '';
};

/** A stream of either client. */
export interface AnyRun extends AsyncIterable<ChatCompletionChunk> {
  result(): Promise<ChatCompletion>;
  abort(): void;
}

/** The same, streamed. */
export const streamed = (conversation: AnyConversation, input: ConversationInput): AnyRun =>
  Reflect.apply(conversation.send, undefined, [input, { stream: true }]);

/** Reads all words of a stream. */
export const wordsOf = async (chunks: AsyncIterable<ChatCompletionChunk>): Promise<string> => {
  let words = '';
  for await (const { choices } of chunks) words += choices[0]?.delta.content ?? '';
  return words;
};

/** Who speaks, and what. */
export const lines = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ role, content }) => `${role}: ${String(content)}`);
