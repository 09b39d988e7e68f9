// The order of turns, for services that are strict about it: chat templates of some models allow one order only.

import { withUserTurn } from './conversation.ts';
import type { FitContent, FitMessage } from './message.ts';
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
  const merged = order.alternates ? alternating(first, warn) : first;
  return order.answersResults
    ? merged.flatMap((message, at) => bridged(message, merged[at - 1], warn))
    : merged;
};

const isInstruction = ({ role }: FitMessage): boolean => role === 'system' || role === 'developer';

const instructionsFirst = (messages: readonly FitMessage[]): readonly FitMessage[] => [
  ...messages.filter(isInstruction),
  ...messages.filter((message) => !isInstruction(message)),
];

/**
 * Messages of one role that follow each other, as one: the last with all that is said, and with its speaker's name if that said
 * all. Calls end a turn: results stand behind them.
 */
function alternating(messages: readonly FitMessage[], warn: Warn): readonly FitMessage[] {
  const said: FitContent[][] = [];
  const merged: FitMessage[] = [];
  let losesNames = false;
  for (const message of messages) {
    const last = merged.at(-1);
    const joins =
      last?.role === message.role &&
      (message.role === 'user' || (last.role === 'assistant' && last.calls.length === 0));
    if (joins) merged.pop();
    else said.push([]);
    const isOfSeveral = joins && last.beside.name !== message.beside.name;
    losesNames ||= isOfSeveral;
    merged.push(isOfSeveral ? { ...message, beside: { ...message.beside, name: undefined } } : message);
    said.at(-1)?.push(message.content);
  }
  if (losesNames)
    warn('what several speakers say after each other is one message here: it is sent without their names.');
  return merged.map((message, at) => ({ ...message, content: joined(said[at] ?? []) }));
}

const joined = (contents: readonly FitContent[]): FitContent => {
  if (contents.every((content) => typeof content === 'string')) return contents.filter(Boolean).join('\n\n');
  return contents.flatMap(partsOf);
};

function bridged(message: FitMessage, before: FitMessage | undefined, warn: Warn): readonly FitMessage[] {
  if (message.role !== 'user' || before?.role !== 'tool') return [message];
  warn('this provider wants the assistant to speak between a result and the user: "OK." was put there.');
  return [{ role: 'assistant', content: 'OK.', reasoning: '', details: [], calls: [], beside: {} }, message];
}
