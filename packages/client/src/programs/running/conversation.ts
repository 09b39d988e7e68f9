// The conversation that a program goes on with.
import { G4FError, type Message } from '@g4f/core';
import { complain, MESSAGES } from '../../errors/expected.ts';
import type { GivenMessage } from '../../surface/chat.ts';

/** The messages; a string is one message of the user. @throws G4FError `invalid-request` for neither */
export const conversationOf = (messages: string | readonly GivenMessage[]): readonly Message[] => {
  if (typeof messages === 'string') return [{ role: 'user', content: messages }];
  if (Array.isArray(messages)) return messages;
  throw new G4FError(`messages: ${complain(MESSAGES, messages)}.`, { code: 'invalid-request' });
};
