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
  const merged = order.alternates ? groupsOf(first).map(asOne) : first;
  return order.answersResults
    ? merged.flatMap((message, at) => bridged(message, merged[at - 1], warn))
    : merged;
};

const isInstruction = ({ role }: FitMessage): boolean => role === 'system' || role === 'developer';

const instructionsFirst = (messages: readonly FitMessage[]): readonly FitMessage[] => [
  ...messages.filter(isInstruction),
  ...messages.filter((message) => !isInstruction(message)),
];

/** What one speaker says in turn. */
type Group = [FitMessage, ...FitMessage[]];

/** Messages of one speaker that follow each other, together. Calls end a turn: results stand behind them. */
function groupsOf(messages: readonly FitMessage[]): readonly Group[] {
  const groups: Group[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const joins =
      last?.role === message.role &&
      (message.role === 'user' || (last.role === 'assistant' && last.calls.length === 0));
    if (joins) group?.push(message);
    else groups.push([message]);
  }
  return groups;
}

/** The last message with all that is said; texts before the first parts are one. */
function asOne(group: Group): FitMessage {
  const contents = group.map(({ content }) => content);
  const at = contents.findIndex((content) => typeof content !== 'string');
  const texts = at === -1 ? contents : contents.slice(0, at);
  const text = texts.filter((content) => content !== '').join('\n\n');
  const content = at === -1 ? text : [...partsOf(text), ...contents.slice(at).flatMap(partsOf)];
  return group.length === 1 ? group[0] : { ...(group.at(-1) ?? group[0]), content };
}

function bridged(message: FitMessage, before: FitMessage | undefined, warn: Warn): readonly FitMessage[] {
  if (message.role !== 'user' || before?.role !== 'tool') return [message];
  warn('this provider wants the assistant to speak between a result and the user: "OK." was put there.');
  return [{ role: 'assistant', content: 'OK.', reasoning: '', details: [], calls: [], beside: {} }, message];
}
