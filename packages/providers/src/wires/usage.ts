// Token counts of OpenAI-like services in one form, whatever they left out or put elsewhere.
import type { Usage } from '@g4f/core';
import { asNumber, asObject, type Json } from './json.ts';

/** The usage in a payload's `usage` field, or undefined if it holds no token count. */
export const readUsage = (value: unknown): Usage | undefined => {
  const raw = asObject(value);
  if (raw === undefined) return undefined;
  if (isInForm(raw)) return raw;
  const prompt = asNumber(raw.prompt_tokens) ?? asNumber(raw.input_tokens);
  const completion = asNumber(raw.completion_tokens) ?? asNumber(raw.output_tokens);
  const total = asNumber(raw.total_tokens);
  if (prompt === undefined && completion === undefined && total === undefined) return undefined;
  const { prompt_tokens_details, completion_tokens_details, reasoning_tokens, ...rest } = raw;
  const cached =
    asNumber(raw.prompt_cache_hit_tokens) ??
    asNumber(raw.cache_read_input_tokens) ??
    asNumber(raw.cached_tokens) ??
    asNumber(raw.num_cached_tokens);
  const promptDetails = details(prompt_tokens_details, 'cached_tokens', cached);
  const completionDetails = details(
    completion_tokens_details,
    'reasoning_tokens',
    asNumber(reasoning_tokens),
  );
  return {
    ...rest,
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: total ?? (prompt ?? 0) + (completion ?? 0),
    ...(promptDetails !== undefined && { prompt_tokens_details: promptDetails }),
    ...(completionDetails !== undefined && { completion_tokens_details: completionDetails }),
  };
};

/** Whether it is as OpenAI sends it, as it most often is: nothing to add, and nothing to move. It may doubt what is. */
const isInForm = (raw: Json): raw is Json & Usage =>
  asNumber(raw.prompt_tokens) !== undefined &&
  asNumber(raw.completion_tokens) !== undefined &&
  asNumber(raw.total_tokens) !== undefined &&
  ELSEWHERE.every((name) => raw[name] === undefined) &&
  DETAILS.every((name) => raw[name] === undefined || asObject(raw[name]) !== undefined);

/** Where services put counts that belong into the details. */
const ELSEWHERE = [
  'prompt_cache_hit_tokens',
  'cache_read_input_tokens',
  'cached_tokens',
  'num_cached_tokens',
  'reasoning_tokens',
] as const;
const DETAILS = ['prompt_tokens_details', 'completion_tokens_details'] as const;

/** A details object, with a count that the service put beside it instead. */
function details(value: unknown, name: string, beside: number | undefined): Json | undefined {
  const given = asObject(value);
  if (beside === undefined || asNumber(given?.[name]) !== undefined) return given;
  return { ...given, [name]: beside };
}
