// How many tokens the messages of a conversation take.

import { withJsonSchemas } from '../../chat/json-schema.ts';
import type { TokenCount } from '../../conversations/conversation-input.ts';
import type { ConversationEntry } from '../../conversations/stored-conversation.ts';
import { wrong } from '../../options/check-option.ts';
import type { ChatParams } from '../../surface/chat.ts';
import type { TokenReport, TokenRequest } from '../../tokens/token-report.ts';
import { calling, type Program } from '../running/program.ts';
import type { AskedParams, ConversationState } from './conversation-state.ts';
import { countedText, hasReasoning, mediaIn, TOKENS_OF_MEDIA, textOf } from './sendable.ts';

/**
 * What a message costs besides its text, and what the beginning of an answer does.
 * Source: https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
 */
const TOKENS_OF_MESSAGE = 4;
const TOKENS_OF_ANSWER_START = 3;
/** A character is at most so many tokens: its bytes in UTF-8. */
const MOST_TOKENS_OF_CHARACTER = 3;

/** What has been counted. */
export interface TokenCounts {
  /** Of the instructions, the tools and the beginning of the answer. */
  readonly fixed: number;
  readonly isEstimate: boolean;
  tokensOf(entry: ConversationEntry): number;
}

/** How many tokens the model takes; undefined where nobody knows. */
export function* contextLengthOf(state: ConversationState, model: string): Program<number | undefined> {
  return state.rules.contextLength ?? (yield* measured(state, { model, texts: [] })).contextLength;
}

/** More tokens than all of it can have, found without a tokenizer; undefined where that cannot be said. */
export const mostTokens = (
  state: ConversationState,
  entries: readonly ConversationEntry[],
  params: AskedParams,
): number | undefined => {
  if (entries.some(({ message }) => mediaIn(message) > 0)) return undefined;
  const characters = [
    ...fixedTexts(state, params),
    ...entries.map(({ message }) => countedText(message)),
  ].reduce((sum, { length }) => sum + length, 0);
  return (
    characters * MOST_TOKENS_OF_CHARACTER + (entries.length + 1) * TOKENS_OF_MESSAGE + TOKENS_OF_ANSWER_START
  );
};

/** Counts what has not been counted before. */
export function* counting(
  state: ConversationState,
  entries: readonly ConversationEntry[],
  params: AskedParams,
): Program<TokenCounts> {
  const { counts } = state;
  const { vocabulary, isEstimate } = yield* measured(state, { model: params.model, texts: [''] });
  // With its length, because an answer that is coming grows.
  const keyOf = ({ id, message }: ConversationEntry): string =>
    `${vocabulary} ${id} ${countedText(message).length}`;
  const others = entries.filter((entry) => !counts.has(keyOf(entry)));
  const fixed = fixedTexts(state, params);
  const texts = [...fixed, ...others.map(({ message }) => countedText(message))];
  const report = yield* measured(state, { model: params.model, texts: ['', ...texts] });
  const [, ...counted] = report.counts;
  // A text that is too long to be counted is estimated each time, so that this is said each time.
  const kept = report.isEstimate && !isEstimate ? new Map<string, number>() : counts;
  others.forEach((entry, at) => {
    const own = counted[fixed.length + at] ?? 0;
    kept.set(keyOf(entry), own + TOKENS_OF_MESSAGE + mediaIn(entry.message) * TOKENS_OF_MEDIA);
  });
  const sum = counted.slice(0, fixed.length).reduce((all, one) => all + one, 0);
  return {
    fixed: sum + TOKENS_OF_MESSAGE + TOKENS_OF_ANSWER_START,
    isEstimate: isEstimate || report.isEstimate || entries.some(isUnsure),
    tokensOf: (entry) => counts.get(keyOf(entry)) ?? kept.get(keyOf(entry)) ?? 0,
  };
}

/** What of it the service takes is not known. */
const isUnsure = ({ message }: ConversationEntry): boolean => mediaIn(message) > 0 || hasReasoning(message);

/** `conversation.tokens()`. */
export function* tokenCount(state: ConversationState): Program<TokenCount> {
  const { asked, thread } = state;
  const { entries } = thread;
  const contextLength = yield* contextLengthOf(state, asked.model);
  const { fixed, isEstimate, tokensOf } = yield* counting(state, entries, asked);
  const tokens = entries.reduce((sum, entry) => sum + tokensOf(entry), fixed);
  return { tokens, contextLength, isEstimate };
}

/** By the function of the caller where there is one. */
function* measured(state: ConversationState, request: TokenRequest): Program<TokenReport> {
  const { means, rules } = state;
  const { countTokens } = rules;
  if (countTokens !== undefined && request.texts.length > 0) {
    const counts: number[] = [];
    for (const text of request.texts)
      counts.push(text === '' ? 0 : readCount(yield* calling('countTokens', () => countTokens(text))));
    return { vocabulary: 'countTokens', counts, isEstimate: false };
  }
  const report = yield* calling('the count of tokens', () => means.measure(request));
  return report as TokenReport;
}

function readCount(count: unknown): number {
  if (typeof count === 'number' && count >= 0 && Number.isFinite(count)) return count;
  throw wrong('what countTokens returns', 'a number, 0 or more', count);
}

/** What is sent with every call besides the messages. */
function fixedTexts({ system, thread }: ConversationState, params: AskedParams): readonly string[] {
  const instructions = system === undefined ? thread.system : system;
  const { tools, response_format } = withJsonSchemas<Pick<ChatParams, 'tools' | 'response_format'> & object>({
    ...params,
  });
  return [
    instructions === null ? '' : textOf({ role: 'system', content: instructions }),
    tools == null ? '' : JSON.stringify(tools),
    response_format == null ? '' : JSON.stringify(response_format),
  ].filter((text) => text !== '');
}
