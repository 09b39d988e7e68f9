// What is given to a conversation: messages, and places among them; and what is counted of it.
import type { Content, ContentPart, Message } from '@g4f/core';
import type { ConversationStore } from './stored-conversation.ts';

/** What only a conversation has among its parameters. */
export interface ConversationTerms {
  /** The instructions. Undefined leaves those that are stored; null takes them away. */
  readonly system?: Content | null;
  /** Which conversation of the store; a new one unless given. */
  readonly id?: string;
  /** Where it is kept; only in memory unless given. OpenAI's parameter of this name goes into `extraBody`. */
  readonly store?: ConversationStore;
  /** How many tokens the model takes, the answer included; what is known of its family unless given. */
  readonly contextLength?: number;
  /** Counts the tokens of a text; the tokenizer of the model or an estimate unless given. */
  countTokens?(text: string): number;
}

/** What is said: a text or the parts of one message of the user; a message; or several, such as the results of tools. */
export type ConversationInput = string | readonly ContentPart[] | Message | readonly Message[];

/** Which entry: its id, or its place in `entries`, from the end if it is below 0. */
export type EntryPlace = string | number;

/** How many tokens a conversation takes. */
export interface TokenCount {
  /** Of all messages and tools, whether they fit or not. */
  readonly tokens: number;
  /** How many the model takes; undefined where nobody knows. */
  readonly contextLength: number | undefined;
  /** True where the tokens are not counted by the model's own vocabulary, and where media or reasoning is among them. */
  readonly isEstimate: boolean;
}

/** Another conversation with the same messages. */
export interface ForkParams {
  /** Its id; a new one unless given. */
  readonly id?: string;
  /** The last entry that it has; the last one unless given. */
  readonly at?: EntryPlace;
}
