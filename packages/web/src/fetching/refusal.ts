// What an answer means that is not a good one.
import { G4FError } from '@g4f/core';
import { LONGEST_WAIT_MS, longestWait, msUntil } from '@g4f/core/internal';
import type { Response } from 'undici';

/** The error for a status from 400. What the service wrote is not shown: it may repeat the key. */
export const refusalOf = ({ status, headers }: Response, who: string, advice: string): G4FError => {
  const shared = { status, retryAfterMs: retryAfter(headers.get('retry-after')) };
  if (status === 429)
    return new G4FError(`${who} answered 429: too many requests. Try again later.`, {
      ...shared,
      code: 'rate-limit',
    });
  if (status >= 500)
    return new G4FError(`${who} answered ${status}. Try again later.`, { ...shared, code: 'server' });
  const code = status === 401 ? 'auth' : status === 402 ? 'payment-required' : 'bad-response';
  return new G4FError(`${who} answered ${status}. ${advice}`, { ...shared, code, scope: 'request' });
};

/** In ms, read as of a model's service. Source: RFC 9110, 10.2.3. */
function retryAfter(text: string | null): number | undefined {
  const wait = longestWait(text ?? '', (value) => msUntil(value, Date.now()));
  return wait === undefined ? undefined : Math.min(wait, LONGEST_WAIT_MS);
}

/** The error for a connection that failed. What led to it says why, by its code. */
export const networkFailure = (error: unknown, who: string): G4FError => {
  const { code } = Object(Object(error).cause);
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new G4FError(`${who} could not be reached${why}. Check the address and the network.`, {
    code: 'network',
    cause: error,
  });
};
