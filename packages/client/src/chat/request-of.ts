// The request that checked parameters ask for.
import type { ChatRequest, Message } from '@g4f/core';
import { withFields } from '@g4f/core/internal';

/** Parameters after their check: in the form a provider receives, but that `messages` may be a text. */
export interface CheckedParams extends Omit<ChatRequest, 'messages' | 'stream'> {
  readonly model: string;
  readonly messages: string | readonly Message[];
  readonly stream?: boolean | null;
}

/** The request; the parameters are not changed. */
export const requestOf = (params: CheckedParams): ChatRequest =>
  withFields(params, { messages: toMessages(params.messages), stream: params.stream === true });

const toMessages = (messages: CheckedParams['messages']): readonly Message[] =>
  typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages;
