// Calls and their results, brought together: services refuse a result without its call, a call without its result, and
// anything between the two.

import { type CallIds, createCallIds, type IdRule } from './call-ids.ts';
import type { FitAssistant, FitMessage, FitPart, FitResult } from './message.ts';
import type { Warn } from './warn.ts';

/** What a wire takes of calls and results. */
export interface PairRules {
  readonly callIds?: IdRule;
  /** A result may answer a call that is kept at the service. */
  readonly lonelyResults?: boolean;
}

/** Where there is no result, the model must be told something. */
const NO_RESULT = 'There is no result: the call was not answered.';

/**
 * The conversation with every result right behind its call, both under an id that the service takes. A call that the
 * conversation went past without a result has one that says so, and a result without its call is what the user says.
 */
export const pairCalls = (
  messages: readonly FitMessage[],
  { callIds, lonelyResults = false }: PairRules,
  warn: Warn,
): readonly FitMessage[] => {
  const places = placesById(messages);
  if (places.size === 0) return messages;
  const ids = createCallIds(callIds);
  const taken = new Set<number>();
  return messages.flatMap((message, at): readonly FitMessage[] => {
    if (message.role === 'assistant') return withResults(message, at, messages, { ids, taken, places }, warn);
    if (message.role !== 'tool') return [message];
    if (taken.has(at)) return [];
    if (lonelyResults) return [{ ...message, id: ids(message.id) }];
    warn(
      `messages[${at}] is the result of a call that is not in the conversation: sent as what the user says.`,
    );
    return [asUser(message)];
  });
};

/** What is known while a conversation is paired. */
interface Pairing {
  readonly ids: CallIds;
  /** Places of results that stand behind their calls by now. */
  readonly taken: Set<number>;
  readonly places: ReadonlyMap<string, number[]>;
}

function withResults(
  message: FitAssistant,
  at: number,
  messages: readonly FitMessage[],
  { ids, taken, places }: Pairing,
  warn: Warn,
): readonly FitMessage[] {
  if (message.calls.length === 0) return [message];
  const calls = message.calls.map((call) => ({ ...call, id: ids(call.givenId) }));
  const found = calls.map((call) => {
    // Some services begin to count again with every answer: a later call of the same id takes what comes after it.
    const left = places.get(call.givenId) ?? [];
    while ((left.at(-1) ?? messages.length) <= at) left.pop();
    const isResult = messages[left.at(-1) ?? -1]?.role === 'tool';
    const place = (isResult ? left.pop() : undefined) ?? -1;
    if (place !== -1) taken.add(place);
    return { call, place };
  });
  const results = found
    .filter(({ place }) => place !== -1 || at < messages.length - 1)
    // Those that are missing come last.
    .sort(
      (a, b) => (a.place === -1 ? messages.length : a.place) - (b.place === -1 ? messages.length : b.place),
    )
    .map(({ call, place }): FitResult => {
      const result = messages[place];
      if (result?.role === 'tool') return { ...result, id: call.id, name: call.name };
      warn(`the call of ${call.name} (messages[${at}]) has no result: the model is told so.`);
      return { role: 'tool', id: call.id, name: call.name, content: NO_RESULT, beside: {} };
    });
  return [{ ...message, calls }, ...results];
}

/** For each id the places that name it, the last first: messages are looked at in their order, so that what was passed is taken away. */
function placesById(messages: readonly FitMessage[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    for (const id of idsIn(messages[at])) {
      const known = places.get(id) ?? [];
      known.push(at);
      places.set(id, known);
    }
  }
  return places;
}

/** The ids of calls that a message makes or answers. */
const idsIn = (message: FitMessage | undefined): readonly string[] => {
  if (message?.role === 'tool') return [message.id];
  return message?.role === 'assistant' ? message.calls.map(({ givenId }) => givenId) : [];
};

const asUser = ({ id, content }: FitResult): FitMessage => {
  const title = `Result of the call ${id}:`;
  const parts: readonly FitPart[] =
    typeof content === 'string' ? [{ type: 'text', text: content, beside: {} }] : content;
  return typeof content === 'string'
    ? { role: 'user', content: `${title}\n${content}`, beside: {} }
    : { role: 'user', content: [{ type: 'text', text: title, beside: {} }, ...parts], beside: {} };
};
