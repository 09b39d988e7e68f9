// Token counts of a response.
import type { Usage } from '@g4f/core';
import type { Json } from '../decoding/json.ts';
import { chatUsage } from '../decoding/usage.ts';

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
