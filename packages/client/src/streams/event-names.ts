// The names of the events of a chat stream.
import { G4FError } from '@g4f/core';
import type { ChatStreamEvent } from '../surface/chat-stream.ts';

const EVENTS: Readonly<Record<ChatStreamEvent, true>> = {
  connect: true,
  chunk: true,
  content: true,
  'content.delta': true,
  'content.done': true,
  'refusal.delta': true,
  'refusal.done': true,
  'tool_calls.function.arguments.delta': true,
  'tool_calls.function.arguments.done': true,
  chatCompletion: true,
  message: true,
  functionToolCall: true,
  finalChatCompletion: true,
  finalMessage: true,
  finalContent: true,
  totalUsage: true,
  error: true,
  abort: true,
  end: true,
};

/** The event. A listener for one that never comes would wait in silence. @throws G4FError `invalid-request` */
export const checkEvent = <Name extends ChatStreamEvent>(name: Name): Name => {
  if (Object.hasOwn(EVENTS, name)) return name;
  throw new G4FError(
    `a stream has no event ${JSON.stringify(name)}. It has ${Object.keys(EVENTS).join(', ')}.`,
    { code: 'invalid-request' },
  );
};
