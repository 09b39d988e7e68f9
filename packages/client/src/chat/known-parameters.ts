// The names of parameters: which there are, and what one that is not among them most likely means.
import { G4FError } from '@g4f/core';
import { quote } from '../errors/quote.ts';
import { isOneEdit, wordOf } from '../options/one-edit.ts';
import { ALL_OPTIONS, OPTION_NAMES } from '../options/option-names.ts';
import type { Fields } from '../options/plain-value.ts';
import type { CallOptions, ChatParams } from '../surface/surface.ts';

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
const OF_SERVICES: ReadonlySet<string> = new Set(['backend', 'fallbacks', 'models', 'speed', 'top_a']);

/** So long is a name that is not near another one by chance: `end` is no slip of `env`. */
const SURE = 5;

/** Shorter names differ by one edit from anything. */
const SHORTEST = 3;

const NONE: readonly string[] = [];

/**
 * A warning for each parameter that is not known and one edit (a character more, less, other, or two exchanged) from one
 * that is. It is sent as it is nevertheless, because a service may know it.
 *
 * @throws G4FError `invalid-request` where an option was meant: no service knows it, and without it the call would be
 *   carried out otherwise, or go to another service.
 */
export const misspelt = (params: Fields): readonly string[] => {
  let warnings: string[] | undefined;
  for (const name of Object.keys(params)) {
    if (KNOWN_PARAMETERS.has(name) || params[name] == null) continue;
    const meant = nearest(name);
    if (meant === undefined) continue;
    if (ALL_OPTIONS.has(meant) && meant.length >= SURE)
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
const BY_WORD: ReadonlyMap<string, string> = new Map(NEAR.map((known) => [wordOf(known), known]));
