// Token counts, in OpenAI's field names whatever the service called them.

/**
 * How many tokens a request cost, in OpenAI's meaning whichever service counted: the prompt includes what was read from
 * or written to a cache, the completion includes reasoning, the total is the sum of the two.
 * Source: https://platform.openai.com/docs/api-reference/chat/object
 */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number; readonly [detail: string]: unknown };
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number;
    readonly [detail: string]: unknown;
  };
  /** The counts as the service sent them; absent where they are in this form already, and stand here as they came. */
  readonly native?: Readonly<Record<string, unknown>>;
  /** What else the service counts (cost, queue time, …), under its own name. */
  readonly [detail: string]: unknown;
}
