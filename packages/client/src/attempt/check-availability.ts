// What is missing before a provider that nobody named can be asked: a local server that does not answer, a runtime.
import { toG4FError } from '@g4f/core';
import { providerOf } from '../catalog/provider-entry.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { withoutSecrets } from '../errors/provider-error.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { CallContext } from './call-context.ts';
import { RequestScope } from './request-scope.ts';

/**
 * Asks the provider itself; undefined if nothing is missing.
 * @param began is given the attempt, so that it can be given up.
 * @throws G4FError only if the whole call is over.
 */
export const checkAvailability = async (
  candidate: Candidate,
  { settings, signal }: CallContext,
  began: (attempt: RequestScope) => void,
): Promise<string | undefined> => {
  const attempt = new RequestScope(candidate, settings, signal);
  began(attempt);
  try {
    const provider = await attempt.deadlines.wait(Promise.resolve(providerOf(candidate.backend)));
    if (provider.available === undefined) return undefined;
    return await attempt.deadlines.wait(provider.available(attempt.context));
  } catch (error) {
    if (signal.aborted) throw toAbortError(signal);
    return withoutSecrets(toG4FError(error, { code: 'internal' }).message, attempt.secrets);
  } finally {
    // What it asked in order to know is no longer waited for.
    attempt.abandon();
  }
};
