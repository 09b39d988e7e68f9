// Google's Gemini API: its refusals. Source: https://ai.google.dev/gemini-api/docs/troubleshooting
import type { Failure } from '../../failure/refusal.ts';
import type { Dialect } from '../dialect.ts';

const STATUSES: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [402, 'FAILED_PRECONDITION'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

/** A failure as a body, or as the last payload of a stream. */
export const geminiError = ({ status, message }: Failure): object => ({
  error: { code: status, message, status: STATUSES.get(status) ?? 'INVALID_ARGUMENT' },
});

/** Google's Gemini API. */
export const gemini: Dialect = { refusal: geminiError };
