// The messages of a conversation as they can be sent, in turns: what belongs together is sent together or not at all.
import type { ContentPart, Message } from '@g4f/core';
import type { ConversationEntry } from '../../conversations/stored-conversation.ts';

/** What is sent together: a message of the user, and all up to the next one. */
export interface Turn {
  readonly entries: readonly ConversationEntry[];
}

/** The turns, without answers of which nothing came that can be sent. */
export const turnsOf = (entries: readonly ConversationEntry[]): readonly Turn[] => {
  const turns: ConversationEntry[][] = [];
  for (const entry of entries) {
    if (isEmpty(entry)) continue;
    const last = turns.at(-1);
    if (last === undefined || (entry.message.role === 'user' && !continues(last))) turns.push([entry]);
    else last.push(entry);
  }
  return turns.map((each) => ({ entries: each }));
};

/** Several messages of the user in a row are one turn: the last one may only make sense with those before it. */
const continues = (turn: readonly ConversationEntry[]): boolean => turn.at(-1)?.message.role === 'user';

/** A cut answer without text: services refuse an empty message. */
const isEmpty = ({ message, cut }: ConversationEntry): boolean =>
  cut === true && message.role === 'assistant' && (message.content ?? '') === '';

/** How many tokens a picture, a sound or a document is taken for; what it really is, nobody can tell from outside. */
export const TOKENS_OF_MEDIA = 1000;

/** What a message says, and what it calls. */
export const textOf = (message: Message): string => {
  const { content } = message;
  const words = typeof content === 'string' ? content : (content ?? []).map(wordsOf).join('\n');
  if (message.role !== 'assistant' || message.tool_calls === undefined) return words;
  return `${words}\n${JSON.stringify(message.tool_calls)}`;
};

/**
 * What of a message is counted as text: with its reasoning, which some services get back. Those get its text or its details, never
 * both, so that the longer of them is counted.
 */
export const countedText = (message: Message): string => {
  const reasoning = reasoningOf(message);
  return reasoning === '' ? textOf(message) : `${textOf(message)}\n${reasoning}`;
};

/** Whether a message has reasoning; whether that is sent, the service decides. */
export const hasReasoning = (message: Message): boolean => reasoningOf(message) !== '';

function reasoningOf(message: Message): string {
  if (message.role !== 'assistant') return '';
  const reasoning = message.reasoning ?? '';
  const details = message.reasoning_details ?? [];
  const written = details.length === 0 ? '' : JSON.stringify(details);
  return written.length > reasoning.length ? written : reasoning;
}

/** How many parts of a message are no text. */
export const mediaIn = ({ content }: Message): number =>
  typeof content === 'string' ? 0 : (content ?? []).filter((part) => !isText(part)).length;

const isText = ({ type }: ContentPart): boolean => type === 'text' || type === 'refusal';

const wordsOf = (part: ContentPart): string =>
  part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : '';
