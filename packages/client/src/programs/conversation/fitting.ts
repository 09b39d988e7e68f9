// Which messages of a conversation are sent: all, or as many of the last turns as the model takes.
import type { Content, Message } from '@g4f/core';
import type { ConversationEntry } from '../../conversations/stored-conversation.ts';
import type { Program } from '../running/program.ts';
import { type AskedParams, appending, type ConversationState } from './conversation-state.ts';
import { contextLengthOf, counting, mostTokens, type TokenCounts } from './counting.ts';
import { type Turn, turnsOf } from './sendable.ts';
import { type SummaryParams, summarising } from './summarising.ts';

/** What is sent, and what of it the reader must know. */
export interface Fitted {
  readonly messages: readonly Message[];
  readonly warnings: readonly string[];
}

/** The answer's part of the context where the parameters name none: a quarter of it, and no more than this. */
const MOST_FOR_ANSWER = 4096;
/** How much of its context a model is trusted with where tokens are estimated. */
const TRUSTED = 0.9;

/** Fits the conversation into the model's context. */
export function* fitting(state: ConversationState, params: AskedParams): Program<Fitted> {
  const { thread } = state;
  const turns = turnsOf(thread.entries);
  const all = turns.flatMap(({ entries }) => entries);
  const contextLength = yield* contextLengthOf(state, params.model);
  const room = contextLength === undefined ? undefined : contextLength - answerTokens(contextLength, params);
  const most = mostTokens(state, all, params);
  if (contextLength === undefined || room === undefined || (most !== undefined && most <= room))
    return { messages: toMessages(thread.system, all), warnings: [] };
  const counted = yield* counting(state, all, params);
  const trusted = Math.floor(counted.isEstimate ? room * TRUSTED : room) - counted.fixed;
  if (sumOf(turns, counted) <= trusted) return { messages: toMessages(thread.system, all), warnings: [] };
  return yield* shortened(state, { turns, room: trusted, counted, contextLength, params });
}

/** What does not fit. */
interface TooLong {
  readonly turns: readonly Turn[];
  /** For the messages, in tokens. */
  readonly room: number;
  readonly counted: TokenCounts;
  readonly contextLength: number;
  readonly params: AskedParams;
}

function* shortened(state: ConversationState, given: TooLong): Program<Fitted> {
  const { turns, room, counted, contextLength, params } = given;
  const { summarise } = state.rules;
  if (room > 0 && (summarise === true || typeof summarise === 'string')) {
    const by = summarise === true ? params.model : summarise;
    return yield* summarised(state, given, by);
  }
  const kept = lastTurns(turns, counted, room);
  const left = turns.slice(0, turns.length - kept.length).flatMap(({ entries }) => entries).length;
  if (left === 0) return { messages: toMessages(state.thread.system, entriesOf(kept)), warnings: [] };
  const how = counted.isEstimate ? 'estimated' : 'counted';
  return {
    messages: toMessages(state.thread.system, entriesOf(kept)),
    warnings: [
      `conversation: the ${left} oldest of ${entriesOf(turns).length} messages were not sent, because all do not fit into the ${contextLength} tokens of ${params.model} (${how}).`,
    ],
  };
}

/** With a summary in the place of the oldest messages. One that is there is used as long as what follows it fits. */
function* summarised(
  state: ConversationState,
  { turns, room, counted, params }: TooLong,
  by: string,
): Program<Fitted> {
  const { thread } = state;
  const known = latestSummary(state, turns);
  const rest = known === undefined ? turns : turns.slice(known.turns);
  const summaryTokens = known === undefined ? 0 : roughTokens(known.text);
  if (known !== undefined && sumOf(rest, counted) + summaryTokens <= room)
    return withSummary(thread.system, turns, rest, known.text);
  // Half of the room, so that the next messages fit without another summary.
  const kept = lastTurns(rest, counted, Math.floor(room / 2));
  const old = rest.slice(0, rest.length - kept.length);
  const through = old.at(-1)?.entries.at(-1)?.id;
  if (through === undefined)
    return { messages: toMessages(thread.system, entriesOf(rest), known?.text), warnings: [] };
  const text = yield* summarising({
    params: summaryParams(params, by),
    before: known?.text,
    entries: entriesOf(old),
    room: Math.floor(room / 2),
    tokensOf: counted.tokensOf,
  });
  yield* appending(state, { kind: 'summary', through, text });
  return withSummary(thread.system, turns, kept, text);
}

function withSummary(
  system: Content | null,
  turns: readonly Turn[],
  kept: readonly Turn[],
  text: string,
): Fitted {
  const old = entriesOf(turns).length - entriesOf(kept).length;
  return {
    messages: toMessages(system, entriesOf(kept), text),
    warnings: [`conversation: a summary was sent in the place of the ${old} oldest messages.`],
  };
}

/** How a summary is asked for: as an answer is, but for what was meant for that model alone. */
function summaryParams(params: AskedParams, by: string): SummaryParams {
  const { timeout, signal, maxRetries, hedge, routing, fallback, retired, provider } = params;
  const options = { timeout, signal, maxRetries, hedge, routing, fallback, retired };
  const given = by === params.model ? { ...options, provider } : options;
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    model: by,
  };
}

function latestSummary({ thread }: ConversationState, turns: readonly Turn[]) {
  for (let at = turns.length - 1; at >= 0; at--) {
    const last = turns[at]?.entries.at(-1);
    const text = last === undefined ? undefined : thread.summaryThrough(last.id);
    if (text !== undefined) return { text, turns: at + 1 };
  }
  return undefined;
}

/** As many of the last turns as fit; the last one in any case, which the service then judges. */
function lastTurns(turns: readonly Turn[], counted: TokenCounts, room: number): readonly Turn[] {
  let left = room;
  let from = turns.length;
  while (from > 0) {
    const turn = turns[from - 1];
    left -= turn === undefined ? 0 : tokensOfTurn(turn, counted);
    if (left < 0 && from < turns.length) break;
    from -= 1;
    if (left < 0) break;
  }
  return turns.slice(from);
}

const tokensOfTurn = ({ entries }: Turn, { tokensOf }: TokenCounts): number =>
  entries.reduce((sum, entry) => sum + tokensOf(entry), 0);

const sumOf = (turns: readonly Turn[], counted: TokenCounts): number =>
  turns.reduce((sum, turn) => sum + tokensOfTurn(turn, counted), 0);

const entriesOf = (turns: readonly Turn[]): readonly ConversationEntry[] =>
  turns.flatMap(({ entries }) => entries);

/** Of a summary, which is short: on the safe side. */
const roughTokens = (text: string): number => Math.ceil(text.length / 2);

/** At the beginning of a summary that is sent. */
const SUMMARY = 'Summary of the earlier part of this conversation, in place of its messages:\n\n';

function toMessages(
  system: Content | null,
  entries: readonly ConversationEntry[],
  summary?: string,
): readonly Message[] {
  return [
    ...(system === null ? [] : [{ role: 'system', content: system } as const]),
    // Of the user, because what others have said must not become an instruction.
    ...(summary === undefined ? [] : [{ role: 'user', content: `${SUMMARY}${summary}` } as const]),
    ...entries.map(({ message }) => message),
  ];
}

function answerTokens(contextLength: number, { max_completion_tokens, max_tokens }: AskedParams): number {
  const asked = max_completion_tokens ?? max_tokens;
  return typeof asked === 'number' && asked > 0
    ? Math.min(asked, contextLength)
    : Math.min(MOST_FOR_ANSWER, Math.floor(contextLength / 4));
}
