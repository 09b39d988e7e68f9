// OpenAI's API: its refusals. Source: https://platform.openai.com/docs/guides/error-codes
import type { Failure } from '../../failure/refusal.ts';
import type { Dialect } from '../dialect.ts';

const CODES: Readonly<Record<string, string>> = {
  auth: 'invalid_api_key',
  'invalid-key': 'invalid_api_key',
  'payment-required': 'insufficient_quota',
  'budget-exceeded': 'insufficient_quota',
  'rate-limit': 'rate_limit_exceeded',
  'context-length': 'context_length_exceeded',
};

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 402) return 'insufficient_quota';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}

interface OpenaiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string;
}

/** A failure as the object that stands under `error`. */
export const openaiError = ({ status, code, message, param }: Failure): OpenaiError => ({
  message,
  type: typeOf(status),
  param: param ?? null,
  code: CODES[code] ?? code.replaceAll('-', '_'),
});

/** OpenAI's API. */
export const openai: Dialect = {
  refusal: (failure, requestId) => ({ error: { ...openaiError(failure), request_id: requestId } }),
};
