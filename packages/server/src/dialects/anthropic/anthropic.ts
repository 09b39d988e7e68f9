// Anthropic's API: its refusals. Source: https://platform.claude.com/docs/en/api/errors
import type { Failure } from '../../failure/refusal.ts';
import type { Dialect } from '../dialect.ts';

const TYPES: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
]);

/** A failure as an event or a body. */
export const anthropicError = ({ status, message }: Failure): object => ({
  type: 'error',
  error: { type: TYPES.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error'), message },
});

/** Anthropic's API. */
export const anthropic: Dialect = {
  refusal: (failure, requestId) => ({ ...anthropicError(failure), request_id: requestId }),
};
