// What a client tells of its providers.
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
