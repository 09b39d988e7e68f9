// Which parameters of a request a wire of another protocol translates, passes on as they are, or has no place for.
import { type ChatRequest, G4FError } from '@g4f/core';
import { asNumber, asText, type Json } from '../decoding/json.ts';
import { invalid } from './invalid.ts';
import type { Warn } from './warn.ts';

/** OpenAI's own. Source: https://platform.openai.com/docs/api-reference/chat/create */
const OPENAI_PARAMETERS: ReadonlySet<string> = new Set([
  ...['temperature', 'top_p', 'n', 'max_tokens', 'max_completion_tokens', 'stop', 'seed', 'presence_penalty'],
  ...['frequency_penalty', 'logit_bias', 'logprobs', 'top_logprobs', 'tools', 'tool_choice', 'functions'],
  ...[
    'function_call',
    'parallel_tool_calls',
    'response_format',
    'reasoning_effort',
    'stream_options',
    'user',
  ],
  ...['metadata', 'modalities', 'audio', 'prediction', 'prompt_cache_key', 'prompt_cache_retention'],
  ...['safety_identifier', 'service_tier', 'store', 'verbosity', 'web_search_options'],
]);
/** What every wire reads for itself, and what only says how OpenAI's stream is to look. */
const ALWAYS_READ: ReadonlySet<string> = new Set(['model', 'messages', 'stream', 'stream_options']);

/**
 * The parameters that are not OpenAI's: they are the service's own, and go to it as they are. Those of OpenAI's that
 * are neither in `translated` nor say nothing (false, one answer, calls at once) are warned of: they are lost.
 */
export const ownParameters = (
  request: ChatRequest,
  translated: ReadonlySet<string>,
  warn: Warn,
): Record<string, unknown> => {
  const own: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const [name, value] of Object.entries<unknown>(request satisfies Json)) {
    if (value == null || ALWAYS_READ.has(name) || translated.has(name)) continue;
    if (!OPENAI_PARAMETERS.has(name)) own[name] = value;
    else if (!saysNothing(name, value)) lost.push(name);
  }
  if (lost.length > 0) warn(`this provider has no place for ${lost.join(', ')}: not sent.`);
  return own;
};

/**
 * A service's own field for what the messages say already would go in their place, in silence.
 *
 * @param said what was made of the messages, by the service's names
 * @throws G4FError `invalid-request` naming the field
 */
export const checkSaidOnce = (said: object, own: Json): void => {
  const field = Object.keys(said).find((name) => own[name] != null);
  if (field === undefined) return;
  throw new G4FError(
    `${field}: the messages say this already, and would not be sent. Put it into messages.`,
    {
      code: 'invalid-request',
    },
  );
};

/** What asks for no more than what happens anyway: several calls at once, and one answer, are what services do. */
const saysNothing = (name: string, value: unknown): boolean =>
  value === (name === 'parallel_tool_calls') || (name === 'n' && value === 1);

/** The number, or undefined if there is none; a finite one that was written as text counts. */
export const numberOf = (value: unknown): number | undefined =>
  asNumber(typeof value === 'string' && value.trim() !== '' ? Number(value) : value);

/** The effort, or undefined if nothing was said. @throws G4FError `invalid-request` if it is no text. */
export const effortOf = (value: unknown): string | undefined => {
  if (value != null && typeof value !== 'string')
    throw invalid('reasoning_effort', 'a level such as "low" or "high"', value);
  return asText(value);
};
