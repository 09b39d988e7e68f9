// The names of parameters: which there are, and what one that is not among them most likely means.
import { G4FError } from '@g4f/core';
import { OPTION_NAMES } from './option-names.ts';
import type { Fields } from './plain-value.ts';
import { quote } from './quote.ts';
import type { CallOptions, ChatParams } from './surface.ts';

/** Every parameter that has a type. */
const TYPED: Readonly<Record<Exclude<keyof ChatParams, keyof CallOptions>, true>> = {
  model: true,
  messages: true,
  stream: true,
  audio: true,
  frequency_penalty: true,
  function_call: true,
  functions: true,
  logit_bias: true,
  logprobs: true,
  max_completion_tokens: true,
  max_tokens: true,
  metadata: true,
  min_p: true,
  modalities: true,
  n: true,
  parallel_tool_calls: true,
  prediction: true,
  presence_penalty: true,
  prompt_cache_key: true,
  prompt_cache_retention: true,
  reasoning_effort: true,
  repetition_penalty: true,
  response_format: true,
  safety_identifier: true,
  seed: true,
  service_tier: true,
  stop: true,
  store: true,
  stream_options: true,
  temperature: true,
  tool_choice: true,
  tools: true,
  top_k: true,
  top_logprobs: true,
  top_p: true,
  user: true,
  verbosity: true,
  web_search_options: true,
};

/** The parameters that are checked and translated. */
export const KNOWN_PARAMETERS: ReadonlySet<string> = new Set(Object.keys(TYPED));

/** Parameters of single services that are one edit from one of OpenAI's or an option. */
const OF_SERVICES: ReadonlySet<string> = new Set(['fallbacks', 'models', 'speed', 'top_a']);

/** An option that is misspelt goes to a service as a parameter: with these, a prompt or a key would go to the wrong one. */
const DECIDE_WHO_IS_ASKED: ReadonlySet<string> = new Set(['apiKey', 'baseURL', 'provider', 'proxy']);

/** Shorter names differ by one edit from anything. */
const SHORTEST = 3;

const NONE: readonly string[] = [];

/**
 * A warning for each parameter that is not known and one edit (a character more, less, other, or two exchanged) from one
 * that is. It is sent as it is nevertheless, because a service may know it.
 *
 * @throws G4FError `invalid-request` where an option was meant without which the call would go to another service.
 */
export const misspelt = (params: Fields): readonly string[] => {
  let warnings: string[] | undefined;
  for (const name in params) {
    if (KNOWN_PARAMETERS.has(name) || params[name] == null) continue;
    const meant = nearest(name);
    if (meant === undefined) continue;
    if (DECIDE_WHO_IS_ASKED.has(meant))
      throw new G4FError(`there is no parameter ${quote(name)}. Did you mean ${meant}?`, {
        code: 'invalid-request',
      });
    warnings ??= [];
    warnings.push(`the parameter ${quote(name)} is not known: sent as it is. Did you mean ${meant}?`);
  }
  return warnings ?? NONE;
};

function nearest(name: string): string | undefined {
  if (name.length < SHORTEST || OF_SERVICES.has(name)) return undefined;
  return NEAR.find((known) => isOneEdit(name, known)) ?? BY_WORD.get(wordOf(name));
}

const NEAR = [...KNOWN_PARAMETERS, ...OPTION_NAMES].filter(({ length }) => length >= SHORTEST);
/** A name without capitals, dashes and underscores: `maxTokens` and `max_tokens` are one. */
const wordOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');
const BY_WORD: ReadonlyMap<string, string> = new Map(NEAR.map((known) => [wordOf(known), known]));

/** Whether one becomes the other by one character more, less or other, or by two neighbours exchanged. */
const isOneEdit = (one: string, other: string): boolean => {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [a, b] = [one.slice(from), other.slice(from)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  const isExchanged = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a.slice(1) === b.slice(1) || isExchanged;
};
