// Token counts, in OpenAI's field names whatever the service called them.

/** How many tokens a request cost. Source: https://platform.openai.com/docs/api-reference/chat/object */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number; readonly [detail: string]: unknown };
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number;
    readonly [detail: string]: unknown;
  };
  /** What else the service counts (cost, queue time, …), under its own name. */
  readonly [detail: string]: unknown;
}
