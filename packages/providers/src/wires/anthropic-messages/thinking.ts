// How a Claude model is told to think: by a budget of tokens up to Claude 4.5, by an effort from then on.
// Source: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking and /extended-thinking
import { ownValue } from '@g4f/core/internal';
import { nearestEffort } from '../../models/effort.ts';
import type { ClaudeTakes } from '../../models/takes/claude.ts';
import type { FitMessage } from '../fit/message.ts';
import { effortOf } from '../fit/parameters.ts';
import type { Warn } from '../fit/warn.ts';
import { ANTHROPIC_FORMAT } from './content.ts';

/** What of the body says how the model thinks. */
export interface Thinking {
  readonly thinking?: object;
  readonly output_config?: object;
}

/** What was asked for. `forced`: a tool must be called. */
export interface ThinkingRequest {
  readonly effort: unknown;
  /** Most tokens of the answer, thinking included. */
  readonly limit: number;
  readonly forced: boolean;
}

/** Tokens that an effort stands for. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 24_576,
  xhigh: 30_000,
  max: 60_000,
};
const LEAST_BUDGET = 1024;

/** A quarter of a small limit, and 4096 tokens of a large one, are left for words. */
const roomForWords = (limit: number): number => Math.min(4096, Math.ceil(limit / 4));

/** @param keptThoughts see {@link thoughtsAreKept}. */
export const thinkingOf = (
  asked: ThinkingRequest,
  takes: ClaudeTakes,
  keptThoughts: boolean,
  warn: Warn,
): Thinking => {
  const effort = effortOf(asked.effort);
  if (effort === undefined) return {};
  if (effort === 'none') return withoutThinking(takes, warn);
  if (takes.thinking === 'budget') return withBudget(effort, asked, keptThoughts, warn);
  const level = nearestEffort(effort, takes.thinking);
  if (level !== effort) warn(`this model has no reasoning_effort "${effort}": "${level}" was sent.`);
  const output_config = { effort: level };
  if (!asked.forced) return { thinking: { type: 'adaptive' }, output_config };
  warn('the model cannot be asked to think where a tool is forced: only its effort was sent.');
  return { output_config };
};

function withoutThinking({ unasked }: ClaudeTakes, warn: Warn): Thinking {
  if (unasked === undefined) return {};
  if (unasked === 'can-be-told-not-to') return { thinking: { type: 'disabled' } };
  warn('this model always thinks: reasoning_effort "none" was sent as "low".');
  return { output_config: { effort: 'low' } };
}

function withBudget(
  effort: string,
  { limit, forced }: ThinkingRequest,
  keptThoughts: boolean,
  warn: Warn,
): Thinking {
  const budget = Math.min(ownValue(BUDGETS, effort) ?? 8192, limit - roomForWords(limit));
  const why = forced
    ? 'it cannot where a tool is forced'
    : !keptThoughts
      ? 'it cannot go on from calls that were made without its own thoughts'
      : budget < LEAST_BUDGET
        ? `thinking takes at least ${LEAST_BUDGET} tokens, and the limit of ${limit} leaves no room for words`
        : undefined;
  if (why === undefined) return { thinking: { type: 'enabled', budget_tokens: budget } };
  warn(`the model does not think: ${why}.`);
  return {};
}

/**
 * Whether the calls since the user last spoke bear thoughts that this service signed. Models that think by a budget
 * refuse to go on from calls without.
 */
export const thoughtsAreKept = (messages: readonly FitMessage[]): boolean => {
  const since = messages.findLastIndex(({ role }) => role === 'user') + 1;
  const [first] = messages.slice(since).filter((message) => message.role === 'assistant');
  if (first === undefined || first.role !== 'assistant' || first.calls.length === 0) return true;
  return first.details.some(
    ({ format, signature, data }) => format === ANTHROPIC_FORMAT && (signature ?? data) != null,
  );
};
