// Remembers who answered a conversation: that backend has its beginning cached, and answers the next turn faster.
import type { ChatRequest, Message } from '@g4f/core';
import { BoundedMap } from './bounded-map.ts';

/** Who answered what. */
export interface Conversations {
  /** Who answered this conversation before; undefined if it only begins, or is not known. */
  backendOf(request: ChatRequest): string | undefined;
  /** @param backend the name of the place that answered. */
  answered(request: ChatRequest, backend: string): void;
}

/** A conversation is known by so much of its beginning, in UTF-16 units. */
const KNOWN_BY = 4096;

/** None known. */
export const createConversations = (): Conversations => {
  const known = new BoundedMap<string>();
  return {
    backendOf: (request) =>
      request.messages.some(({ role }) => role === 'assistant') ? known.get(nameOf(request)) : undefined,
    answered: (request, backend) => known.set(nameOf(request), backend),
  };
};

/** The model, and all up to the first word of the user: what stays the same from turn to turn. */
function nameOf({ model, messages }: ChatRequest): string {
  const first = messages.findIndex(({ role }) => role === 'user');
  const beginning = messages.slice(0, first + 1).map(textOf);
  return [model, ...beginning].join('\n').slice(0, KNOWN_BY);
}

/** Pictures and sounds are long, and the words beside them tell conversations apart well enough. */
function textOf({ role, content }: Message): string {
  if (typeof content === 'string') return `${role}: ${content.slice(0, KNOWN_BY)}`;
  const texts = (content ?? []).map((part) =>
    part.type === 'text' ? part.text.slice(0, KNOWN_BY) : part.type,
  );
  return `${role}: ${texts.join(' ')}`;
}
