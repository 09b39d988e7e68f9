// Token counts in OpenAI's meaning. Each wire has a function from what the service counts to OpenAI's sums; that of chat completions,
// and what all share, is here:
//
// | wire               | prompt_tokens                                    | completion_tokens                    |
// |--------------------|--------------------------------------------------|--------------------------------------|
// | openai-chat        | prompt_tokens                                    | completion_tokens, xAI's + reasoning |
// | openai-responses   | input_tokens                                     | output_tokens                        |
// | anthropic-messages | input + cache_read_input + cache_creation_input  | output_tokens                        |
// | gemini             | promptTokenCount + toolUsePromptTokenCount       | candidatesTokenCount + thoughts      |
// | ollama-chat        | prompt_eval_count                                | eval_count                           |
// | cohere-chat        | tokens.input_tokens, else what is billed         | tokens.output_tokens, else billed    |
//
// What was read from a cache, and what was reasoning, is told in the details and is part of the sums.
// Source: https://platform.openai.com/docs/api-reference/chat/object#chat-object-usage
import type { Usage } from '@g4f/core';
import { asObject, type Json } from './json.ts';

/** A count: a number, or a string of digits. What is negative, or no number, says nothing. */
export const asCount = (value: unknown): number | undefined => {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return isCount(count) ? count : undefined;
};

/** Counts as they are added up: an object that nobody else has. */
export type Counts = Record<string, unknown>;

/**
 * The counts told before with those of a later payload over them, in place: a copy for each payload would be quadratic work.
 * Null, what is absent or no count, and a 0 after a count take nothing back: services send such in payloads that are about
 * something else.
 */
export const moreCounts = (sum: Counts | undefined, payload: unknown): Counts | undefined => {
  const more = asObject(payload);
  if (more === undefined) return sum;
  if (sum === undefined) return copyOf(more);
  for (const [name, value] of Object.entries(more)) {
    if (value == null || name === '__proto__') continue;
    const inside = asObject(value);
    if (inside !== undefined) sum[name] = moreCounts(isCounts(sum[name]) ? sum[name] : undefined, inside);
    else if (asCount(sum[name]) === undefined || (asCount(value) ?? 0) > 0) sum[name] = value;
  }
  return sum;
};

const isCounts = (value: unknown): value is Counts => asObject(value) !== undefined;

function copyOf(counts: Json): Counts {
  const copy: Counts = { ...counts };
  for (const name of Object.keys(copy)) {
    const inside = copy[name];
    if (name !== '__proto__' && isCounts(inside)) copy[name] = copyOf(inside);
  }
  return copy;
}

/** OpenAI's chat completions, and all that the many who send them leave out or put elsewhere. */
export const chatUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined || isInForm(raw)) return raw;
  const prompt = asCount(raw.prompt_tokens) ?? asCount(raw.input_tokens);
  const completion = asCount(raw.completion_tokens) ?? asCount(raw.output_tokens);
  const { prompt_tokens_details, completion_tokens_details, reasoning_tokens, ...others } = raw;
  const promptDetails = detailsOf(prompt_tokens_details, {
    cached_tokens:
      asCount(raw.prompt_cache_hit_tokens) ??
      asCount(raw.cache_read_input_tokens) ??
      asCount(raw.cached_tokens) ??
      asCount(raw.num_cached_tokens),
  });
  const completionDetails = detailsOf(completion_tokens_details, {
    reasoning_tokens: asCount(reasoning_tokens),
  });
  const total = asCount(raw.total_tokens);
  const reasoning = asCount(completionDetails?.reasoning_tokens) ?? 0;
  // xAI counts reasoning beside the completion: only then is the total the sum of the three.
  const isBeside = reasoning > 0 && total === (prompt ?? 0) + (completion ?? 0) + reasoning;
  const whole = isBeside ? (completion ?? 0) + reasoning : completion;
  return usageOf(raw, others, { prompt, completion: whole, total, promptDetails, completionDetails });
};

interface Sums {
  readonly prompt: number | undefined;
  readonly completion: number | undefined;
  /** What the service says where it is not the sum of the two. */
  readonly total?: number | undefined;
  readonly promptDetails?: Json | undefined;
  readonly completionDetails?: Json | undefined;
}

/** Undefined if nothing was counted. */
export function usageOf(native: Json, others: Json, sums: Sums): Usage | undefined {
  const { prompt, completion, total, promptDetails, completionDetails } = sums;
  if (prompt === undefined && completion === undefined && total === undefined) return undefined;
  return {
    ...others,
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: total ?? (prompt ?? 0) + (completion ?? 0),
    ...(promptDetails !== undefined && { prompt_tokens_details: promptDetails }),
    ...(completionDetails !== undefined && { completion_tokens_details: completionDetails }),
    native,
  };
}

/** Whether it is as OpenAI sends it, as it most often is: nothing to add, and nothing to move. It may doubt what is. */
const isInForm = (raw: Json): raw is Json & Usage =>
  isCount(raw.prompt_tokens) &&
  isCount(raw.completion_tokens) &&
  raw.total_tokens === raw.prompt_tokens + raw.completion_tokens &&
  ELSEWHERE.every((name) => raw[name] === undefined) &&
  DETAILS.every((name) => raw[name] === undefined || isDetails(raw[name]));

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;

const isDetails = (value: unknown): boolean => {
  const details = asObject(value);
  return (
    details !== undefined && Object.values(details).every((count) => typeof count !== 'number' || count >= 0)
  );
};

/** Where services put counts that belong into the details. */
const ELSEWHERE = [
  ...['prompt_cache_hit_tokens', 'cache_read_input_tokens', 'cached_tokens', 'num_cached_tokens'],
  'reasoning_tokens',
] as const;
const DETAILS = ['prompt_tokens_details', 'completion_tokens_details'] as const;

/** A details object with the counts that stood elsewhere; what says nothing is left out. Undefined if it is empty. */
export function detailsOf(
  given: unknown,
  elsewhere: Readonly<Record<string, number | undefined>>,
): Json | undefined {
  const details: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(asObject(given) ?? {})) {
    const kept = name.endsWith('_tokens') ? asCount(value) : value;
    if (kept != null) details[name] = kept;
  }
  for (const [name, count] of Object.entries(elsewhere)) if (count !== undefined) details[name] ??= count;
  return Object.keys(details).length > 0 ? details : undefined;
}

/** Undefined if none of them is a count. */
export function sumOf(values: readonly unknown[]): number | undefined {
  const counts = values.map(asCount).filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
