// Token counts of an Anthropic message.
import type { Usage } from '@g4f/core';
import { asObject, type Json } from '../decoding/json.ts';
import { asCount, chatUsage, detailsOf, sumOf, usageOf } from '../decoding/usage.ts';

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
