// Token counts, in OpenAI's field names whatever the service called them.

import type { CostBasis } from './operations/cost-basis.ts';

/**
 * How many tokens a request cost, in OpenAI's meaning whichever service counted: the prompt includes what was read from
 * or written to a cache, the completion includes reasoning, the total is the sum of the two.
 * Source: https://platform.openai.com/docs/api-reference/chat/object
 */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number;
    /** Written to a cache (Anthropic), under OpenRouter's name: OpenAI does not count it. */
    readonly cache_write_tokens?: number;
    readonly audio_tokens?: number;
  };
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number;
    readonly audio_tokens?: number;
    readonly accepted_prediction_tokens?: number;
    readonly rejected_prediction_tokens?: number;
  };
  /** What it cost in US dollars, where that is known; set by clients. */
  readonly cost?: number;
  /** What `cost` rests on. */
  readonly cost_basis?: CostBasis;
  /** The counts as the service sent them; absent where they are in this form already, and stand here as they came. */
  readonly native?: Readonly<Record<string, unknown>>;
}
