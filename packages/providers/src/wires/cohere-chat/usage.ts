// Token counts of a Cohere answer.
import type { Usage } from '@g4f/core';
import { asObject, type Json } from '../decoding/json.ts';
import { asCount, detailsOf, usageOf } from '../decoding/usage.ts';

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
