// What is kept of a conversation, and what keeps it.
import type { ChatCompletion, Content, Message, Usage } from '@g4f/core';

/** A message of a conversation, and what is known of it. */
export interface ConversationEntry {
  /** Unique in its conversation. */
  readonly id: string;
  readonly message: Message;
  /** When it was kept, in ms since 1970. */
  readonly createdAt: number;
  /**
   * Set on an answer that did not come to its end, or has not yet: its reader left, it failed, or the process ended. The message is
   * what came of its text and reasoning; of its tool calls nothing is kept.
   */
  readonly cut?: true;
  /** Of an answer: who gave it, and how it ended. */
  readonly answer?: AnswerFacts;
}

/** Who gave an answer, and how it ended. */
export interface AnswerFacts extends Pick<ChatCompletion, 'provider' | 'model'> {
  readonly finish_reason?: ChatCompletion['choices'][number]['finish_reason'];
  readonly usage?: Usage;
}

/** What is stored of a conversation: records are only ever added. */
export type ConversationRecord =
  /** The instructions from here on; null for none. */
  | { readonly kind: 'system'; readonly content: Content | null }
  /** A message, and after which one it comes; null for the first. A second record of one id replaces the first. */
  | ({ readonly kind: 'message'; readonly parent: string | null } & ConversationEntry)
  /** A piece of an answer that is coming. Needless once there is a `message` of its id. */
  | {
      readonly kind: 'piece';
      readonly id: string;
      readonly parent: string | null;
      readonly createdAt: number;
      readonly text?: string;
      readonly reasoning?: string;
    }
  /** After which message the conversation goes on; null for its beginning. Without it, after the one that was stored last. */
  | { readonly kind: 'head'; readonly id: string | null }
  /** What stands for all messages up to this one where they do not fit. */
  | { readonly kind: 'summary'; readonly through: string; readonly text: string };

/** What a store has of a conversation. */
export interface StoredConversation {
  /** In the order in which they were appended; those of kind `piece` may stand anywhere. None for a conversation that is new. */
  readonly records: readonly ConversationRecord[];
  /** What could not be read, one line each. */
  readonly warnings?: readonly string[];
}

/**
 * Where conversations are kept. For `Client` no function returns a promise. What a function throws ends the call and is
 * thrown unchanged; until then nothing counts as kept.
 */
export interface ConversationStore {
  read(id: string): StoredConversation | Promise<StoredConversation>;
  /** Keeps all of these records or none. Once it has returned, the end of the process loses nothing of them. */
  append(id: string, records: readonly ConversationRecord[]): void | Promise<void>;
}

/** A store on this machine, for both clients: its functions return when it is done. */
export interface LocalStore extends ConversationStore {
  read(id: string): StoredConversation;
  append(id: string, records: readonly ConversationRecord[]): void;
  /** The ids of its conversations, in no order. */
  list(): readonly string[];
  /** Removes a conversation; nothing happens if there is none of this id. */
  remove(id: string): void;
  /** Closes what is open. */
  close(): void;
}
