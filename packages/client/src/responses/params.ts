// The parameters of `responses.create`: checked, and made into a request, in which they stay as the caller wrote them.
import { G4FError, type ResponseRequest } from '@g4f/core';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import type { CallOptions } from '../surface/options.ts';
import type { ResponseParams } from '../surface/responses.ts';
import { responseParams } from './params-schema.ts';
import { withResponseSchemas } from './response-schemas.ts';

const KNOWN: Readonly<Record<Exclude<keyof ResponseParams, keyof CallOptions>, true>> = {
  model: true,
  input: true,
  instructions: true,
  stream: true,
  background: true,
  context_management: true,
  conversation: true,
  include: true,
  max_output_tokens: true,
  max_tool_calls: true,
  metadata: true,
  parallel_tool_calls: true,
  previous_response_id: true,
  prompt: true,
  prompt_cache_key: true,
  prompt_cache_retention: true,
  reasoning: true,
  safety_identifier: true,
  service_tier: true,
  store: true,
  stream_options: true,
  temperature: true,
  text: true,
  tool_choice: true,
  tools: true,
  top_logprobs: true,
  top_p: true,
  truncation: true,
  user: true,
};

/** Parameters of single services that are one edit from one of OpenAI's or an option. */
const OF_SERVICES: ReadonlySet<string> = new Set(['models', 'fallbacks', 'top_k', 'top_a']);

const misspelt = misspeltAmong(new Set(Object.keys(KNOWN)), OF_SERVICES);

/** What else a response can be to. */
const OF_SERVICE = ['prompt', 'previous_response_id', 'conversation'] as const;

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toResponseRequest = (
  params: Fields,
): { readonly request: ResponseRequest; readonly warnings: readonly string[] } => {
  const given = givenFields(withResponseSchemas(params));
  checkBySchema<ResponseRequest>(given, responseParams);
  if ('messages' in given && given.input === undefined)
    throw new G4FError(
      'input: a text, or a list of items was expected, but it is missing. A response has input where a chat has messages.',
      { code: 'invalid-request' },
    );
  if (given.input === undefined && OF_SERVICE.every((name) => given[name] === undefined))
    throw new G4FError('input: a text, or a list of items was expected, but it is missing.', {
      code: 'invalid-request',
    });
  return { request: { ...given, stream: given.stream === true }, warnings: misspelt(given) };
};
