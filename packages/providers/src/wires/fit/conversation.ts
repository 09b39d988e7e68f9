// The conversation that a wire translates: read, its calls paired, its roles those that the service knows.

import { asText } from '../decoding/json.ts';
import type { FitMessage } from './message.ts';
import { type PairRules, pairCalls } from './pair-calls.ts';
import { readMessages } from './read-messages.ts';
import type { Warn } from './warn.ts';

/** What a wire takes. */
export interface ConversationRules extends PairRules {
  /** A message may name its speaker. */
  readonly names?: boolean;
}

/**
 * The messages, fit to be translated. What was given is not changed.
 * @throws G4FError `invalid-request` naming the field that cannot be read.
 */
export const fitConversation = (
  messages: unknown,
  rules: ConversationRules,
  warn: Warn,
): readonly FitMessage[] => {
  const read = readMessages(messages);
  // A result's name is its function's, which its call names as well.
  if (!rules.names && read.some(({ role, beside }) => role !== 'tool' && asText(beside.name)))
    warn('this provider takes no names of speakers: the name of a message was not sent.');
  return pairCalls(read, rules, warn);
};

/** What is left to be said where a wire keeps instructions apart and there is nothing else: services want a turn of the user's. */
export const withUserTurn = (messages: readonly FitMessage[], warn: Warn): readonly FitMessage[] => {
  const isInstruction = ({ role }: FitMessage): boolean => role === 'system' || role === 'developer';
  if (messages.length === 0 || !messages.every(isInstruction)) return messages;
  warn('the conversation holds instructions only: they are sent as what the user says.');
  return messages.map(({ content, beside }) => ({ role: 'user', content, beside }));
};
