// The order of turns, for services that are strict about it: chat templates of some models allow one order only.

import { withUserTurn } from './conversation.ts';
import type { FitMessage } from './message.ts';
import { partsOf } from './message-content.ts';
import type { Warn } from './warn.ts';

/** How strict a service is. */
export interface TurnOrder {
  /** Instructions must come first, and somebody must say something after them. */
  readonly systemFirst?: boolean;
  /** User and assistant must take turns. */
  readonly alternates?: boolean;
  /** After results the assistant must speak before the user does. */
  readonly answersResults?: boolean;
}

/** The conversation in an order that the service takes; nothing that was said is left out. */
export const inTurnOrder = (
  messages: readonly FitMessage[],
  order: TurnOrder,
  warn: Warn,
): readonly FitMessage[] => {
  const first = order.systemFirst ? withUserTurn(instructionsFirst(messages), warn) : messages;
  const merged = order.alternates ? first.reduce<readonly FitMessage[]>(added, []) : first;
  return order.answersResults
    ? merged.flatMap((message, at) => bridged(message, merged[at - 1], warn))
    : merged;
};

const isInstruction = ({ role }: FitMessage): boolean => role === 'system' || role === 'developer';

const instructionsFirst = (messages: readonly FitMessage[]): readonly FitMessage[] => [
  ...messages.filter(isInstruction),
  ...messages.filter((message) => !isInstruction(message)),
];

/** The message after the others, as one with the last where both are of one speaker. */
function added(merged: readonly FitMessage[], message: FitMessage): readonly FitMessage[] {
  const last = merged.at(-1);
  const joins =
    last?.role === message.role &&
    (message.role === 'user' || (last.role === 'assistant' && last.calls.length === 0));
  if (!joins) return [...merged, message];
  const content =
    typeof last.content === 'string' && typeof message.content === 'string'
      ? [last.content, message.content].filter((text) => text !== '').join('\n\n')
      : [...partsOf(last.content), ...partsOf(message.content)];
  return [...merged.slice(0, -1), { ...message, content }];
}

function bridged(message: FitMessage, before: FitMessage | undefined, warn: Warn): readonly FitMessage[] {
  if (message.role !== 'user' || before?.role !== 'tool') return [message];
  warn('this provider wants the assistant to speak between a result and the user: "OK." was put there.');
  return [{ role: 'assistant', content: 'OK.', reasoning: '', details: [], calls: [], beside: {} }, message];
}
