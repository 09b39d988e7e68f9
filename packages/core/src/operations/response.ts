// Responses, in OpenAI's shapes. Sources: https://platform.openai.com/docs/api-reference/responses
// and https://platform.openai.com/docs/api-reference/responses-streaming
import type { CostBasis } from './cost-basis.ts';
import type { ResponseItem, ResponseOutputItem } from './response-item.ts';

/** One request as a provider receives it: `model` is the provider's own id; everything else as the caller wrote it. */
export interface ResponseRequest {
  readonly model: string;
  readonly input?: string | readonly ResponseItem[];
  readonly instructions?: string;
  readonly stream: boolean;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** Token counts, in the words of this protocol; what it cost as in `Usage`. */
export interface ResponseUsage {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly cached_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly reasoning_tokens: number };
  readonly total_tokens: number;
  readonly cost?: number;
  readonly cost_basis?: CostBasis;
}

/** Where a response stands. */
export type ResponseStatus =
  | 'completed'
  | 'failed'
  | 'in_progress'
  | 'cancelled'
  | 'queued'
  | 'incomplete'
  | (string & {});

/** A response, whole or as far as it has come. */
export interface ModelResponse {
  readonly id: string;
  readonly object: 'response';
  /** Seconds since 1970. */
  readonly created_at: number;
  readonly status?: ResponseStatus;
  /** The model that really answers. */
  readonly model: string;
  readonly output: readonly ResponseOutputItem[];
  /** All texts of the output together; stamped by the client on a whole response. */
  readonly output_text?: string;
  readonly error?: { readonly code: string; readonly message: string } | null;
  readonly incomplete_details?: { readonly reason?: string } | null;
  readonly instructions?: unknown;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly usage?: ResponseUsage | null;
  readonly service_tier?: string | null;
  /** Who answers; stamped by the client. */
  readonly provider?: string;
  /** The model that was asked for, where another answers by the caller's wish: a fallback, or a successor. */
  readonly requested_model?: string;
  /** Set if the answer was kept, and is given again: nobody was asked; stamped by the client. */
  readonly cached?: true;
  /** What of the request could not be sent, or looks like a mistake; stamped by the client. */
  readonly warnings?: readonly string[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
  /** The parameters of the request, and what else the service says. */
  readonly [field: string]: unknown;
}
