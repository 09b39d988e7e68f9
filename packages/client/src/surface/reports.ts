// What a client tells of its providers, and of what it has used.
import type { ErrorCode, Operation } from '@g4f/core';

/** How one provider does, as this client has seen it. Dates are ISO 8601. */
export interface BackendHealth {
  readonly provider: string;
  /** Its address, where it is not the provider's own. */
  readonly baseURL?: string;
  /** What it was asked for, where that is not chat. */
  readonly operation?: Operation;
  /** `open`: after failures in a row, others are asked before it. `half-open`: the next request shows whether it is well again. */
  readonly state: 'closed' | 'open' | 'half-open';
  /** Until when it is left alone, while it is `open`. */
  readonly retryAt?: string;
  readonly lastSuccess?: string;
  readonly lastError?: { readonly at: string; readonly code: ErrorCode; readonly message: string };
  readonly requests: number;
  readonly failures: number;
  /** Time to the first content over its last 100 answers, in ms. */
  readonly firstContentMs?: { readonly p50: number; readonly p95: number };
}

/** Sums over attempts: requests to providers, those among them that failed or were left. */
export interface UsageSums {
  /** Requests that were made, each retry by itself. */
  readonly attempts: number;
  /** Answers that came to their end. */
  readonly answers: number;
  /** Answers, complete or not, of which the service told no counts: nothing of them is in the sums. */
  readonly uncounted: number;
  /** Answers whose tokens are counted, and whose cost is not known. */
  readonly unpriced: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  /** In US dollars, of the answers whose cost is known. */
  readonly cost: number;
}

/** What a model of a provider was used for. */
export interface ModelUsage extends UsageSums {
  readonly provider: string;
  /** The provider's own id of the model. */
  readonly model: string;
  /** What it was asked for, where that is not chat. */
  readonly operation?: Operation;
}

/** All that a client has used since it was made. Answers from its cache are none. */
export interface ClientUsage {
  readonly total: UsageSums;
  /** By provider, model and operation, in the order in which they were first asked; the last 1,000. */
  readonly models: readonly ModelUsage[];
}
