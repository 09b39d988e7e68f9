// Token counts in OpenAI's meaning, one function a wire from what the service counts to OpenAI's sums:
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
import { asList, asObject, type Json } from './json.ts';

/** A count: a number, or a string of digits. What is negative, or no number, says nothing. */
const asCount = (value: unknown): number | undefined => {
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

/** OpenAI's responses. Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-usage */
export const responsesUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined) return undefined;
  const { input_tokens, output_tokens, input_tokens_details, output_tokens_details, ...others } = raw;
  const named = chatUsage({
    ...others,
    prompt_tokens: input_tokens ?? others.prompt_tokens,
    completion_tokens: output_tokens ?? others.completion_tokens,
    prompt_tokens_details: input_tokens_details ?? others.prompt_tokens_details,
    completion_tokens_details: output_tokens_details ?? others.completion_tokens_details,
  });
  return named && { ...named, native: raw };
};

/** Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance */
export const anthropicUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined) return undefined;
  const input = asCount(raw.input_tokens);
  const completion = asCount(raw.output_tokens);
  const cached = asCount(raw.cache_read_input_tokens);
  // Some write 0 where the parts say more.
  const total = asCount(raw.cache_creation_input_tokens);
  const written = total || (sumOf(Object.values(asObject(raw.cache_creation) ?? {})) ?? total);
  // Some that offer this protocol count as OpenAI does.
  if (input === undefined && completion === undefined) return chatUsage(raw);
  const thinking = asObject(raw.output_tokens_details);
  const { prompt_tokens_details: _1, completion_tokens_details: _2, ...others } = raw;
  return usageOf(raw, others, {
    prompt: sumOf([input, cached, written]),
    completion,
    promptDetails: detailsOf(undefined, { cached_tokens: cached, cache_write_tokens: written }),
    completionDetails: detailsOf(undefined, {
      reasoning_tokens: asCount(thinking?.thinking_tokens) ?? asCount(thinking?.reasoning_tokens),
    }),
  });
};

/** Source: https://ai.google.dev/api/generate-content#UsageMetadata */
export const geminiUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined) return undefined;
  const { promptTokenCount, candidatesTokenCount, totalTokenCount, ...others } = raw;
  const prompt = sumOf([promptTokenCount, raw.toolUsePromptTokenCount]);
  const said = asCount(candidatesTokenCount);
  const thoughts = asCount(raw.thoughtsTokenCount);
  const total = asCount(totalTokenCount);
  // Some models of Vertex count the thoughts among the candidates' tokens: then the total does not count them again.
  const isInside = total !== undefined && said !== undefined && total === (prompt ?? 0) + said;
  const completion = isInside ? said : sumOf([said, thoughts]);
  const known = prompt !== undefined || completion !== undefined;
  return usageOf(raw, others, {
    prompt,
    completion,
    ...(!known && { total }),
    promptDetails: detailsOf(undefined, {
      cached_tokens: asCount(raw.cachedContentTokenCount),
      audio_tokens: ofAudio(raw.promptTokensDetails, raw.toolUsePromptTokensDetails),
    }),
    completionDetails: detailsOf(undefined, {
      reasoning_tokens: thoughts,
      audio_tokens: ofAudio(raw.candidatesTokensDetails),
    }),
  });
};

/** In ns. */
const OLLAMA_DURATIONS = [
  'total_duration',
  'load_duration',
  'prompt_eval_duration',
  'eval_duration',
] as const;
/** The fields of an end line that are counts. */
export const OLLAMA_COUNTS: readonly string[] = ['prompt_eval_count', 'eval_count', ...OLLAMA_DURATIONS];

/**
 * Of the line that ends the answer; durations, in ns, stay under the service's own names.
 * Source: https://docs.ollama.com/api/usage
 */
export const ollamaUsage = (end: Json): Usage | undefined => {
  const native = fieldsOf(end, OLLAMA_COUNTS);
  return usageOf(native, fieldsOf(end, OLLAMA_DURATIONS), {
    prompt: asCount(end.prompt_eval_count),
    completion: asCount(end.eval_count),
  });
};

/** All tokens, as the model counts them; what is billed is kept beside. Source: https://docs.cohere.com/v2/reference/chat */
export const cohereUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined) return undefined;
  const { tokens: _, cached_tokens, ...others } = raw;
  const tokens = asObject(raw.tokens);
  const billed = asObject(raw.billed_units);
  return usageOf(raw, others, {
    prompt: asCount(tokens?.input_tokens) ?? asCount(billed?.input_tokens),
    completion: asCount(tokens?.output_tokens) ?? asCount(billed?.output_tokens),
    promptDetails: detailsOf(undefined, { cached_tokens: asCount(cached_tokens) }),
  });
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
function usageOf(native: Json, others: Json, sums: Sums): Usage | undefined {
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
function detailsOf(
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
function sumOf(values: readonly unknown[]): number | undefined {
  const counts = values.map(asCount).filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

/** Gemini counts by modality: `[{ modality: 'AUDIO', tokenCount: 5 }]`. */
const ofAudio = (...lists: readonly unknown[]): number | undefined =>
  sumOf(
    lists
      .flatMap(asList)
      .map(asObject)
      .filter((entry) => entry?.modality === 'AUDIO')
      .map((entry) => entry?.tokenCount),
  );

const fieldsOf = (object: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => object[name] != null).map((name) => [name, object[name]]));
