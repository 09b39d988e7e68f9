// The request that checked parameters ask for.
import { type ChatRequest, type Message, withFields } from '@g4f/core';
import type { ChatParams } from './surface.ts';

/** The request; the parameters are not changed. */
export const requestOf = (params: ChatParams): ChatRequest =>
  withFields(params, { messages: toMessages(params.messages), stream: params.stream === true });

const toMessages = (messages: ChatParams['messages']): readonly Message[] =>
  typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages;
