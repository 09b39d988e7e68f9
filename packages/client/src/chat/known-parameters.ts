// The names of the parameters of a chat completion.
import { misspeltAmong } from '../options/misspelt.ts';
import type { ChatParams } from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';

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

/** What is not among them, and most likely a slip; see {@link misspeltAmong}. */
export const misspelt = misspeltAmong(KNOWN_PARAMETERS, OF_SERVICES);
