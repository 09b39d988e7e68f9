// Remembers who answered a conversation: that provider has its beginning cached, and answers the next turn faster.
import type { Message } from '@g4f/core';
import { BoundedMap } from './bounded-map.ts';

/** A request of which the conversation counts. */
interface StickyConversation {
  readonly model: string;
  readonly conversation: readonly Message[] | undefined;
}

/** Who answered what. */
export interface Conversations {
  /** Who answered this conversation before; undefined if it only begins, or is not known. */
  backendOf(request: StickyConversation): string | undefined;
  /** @param provider the name of the place that answered. */
  answered(request: StickyConversation, backend: string): void;
}

/** A conversation is known by so much of its beginning, in UTF-16 units. */
const KNOWN_BY = 4096;

/** None known. */
export const createConversations = (): Conversations => {
  const known = new BoundedMap<string>();
  return {
    backendOf: (request) =>
      request.conversation?.some(({ role }) => role === 'assistant')
        ? known.get(nameOf(request.model, request.conversation))
        : undefined,
    answered({ model, conversation }, backend) {
      if (conversation !== undefined) known.set(nameOf(model, conversation), backend);
    },
  };
};

/** The model, and all up to the first word of the user: what stays the same from turn to turn. */
function nameOf(model: string, messages: readonly Message[]): string {
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
