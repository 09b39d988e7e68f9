// Token counts and durations of an Ollama answer.
import type { Usage } from '@g4f/core';
import type { Json } from '../decoding/json.ts';
import { asCount, detailsOf, usageOf } from '../decoding/usage.ts';

/** In ns. */
const OLLAMA_DURATIONS = [
  'total_duration',
  'load_duration',
  'prompt_eval_duration',
  'eval_duration',
] as const;
/** The fields of an end line that are counts. */
export const OLLAMA_COUNTS: readonly string[] = [
  ...['prompt_eval_count', 'prompt_eval_cached_count', 'eval_count'],
  ...OLLAMA_DURATIONS,
];

/**
 * Of the line that ends the answer; durations, in ns, stay under the service's own names.
 * Source: https://docs.ollama.com/api/usage
 */
export const ollamaUsage = (end: Json): Usage | undefined => {
  const native = fieldsOf(end, OLLAMA_COUNTS);
  return usageOf(native, fieldsOf(end, OLLAMA_DURATIONS), {
    prompt: asCount(end.prompt_eval_count),
    completion: asCount(end.eval_count),
    promptDetails: detailsOf(undefined, { cached_tokens: asCount(end.prompt_eval_cached_count) }),
  });
};

const fieldsOf = (object: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => object[name] != null).map((name) => [name, object[name]]));
