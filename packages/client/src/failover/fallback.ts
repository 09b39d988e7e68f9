// The fallback that the caller named: who answers, openly, when no candidate can.
import { toG4FError } from '@g4f/core';
import type { CallContext } from '../attempt/call-context.ts';
import { checkAvailability } from '../attempt/check-availability.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { quote } from '../errors/quote.ts';
import type { Settings } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import { namedFallback } from '../routing/named-fallback.ts';
import { routeToFallback } from '../routing/route.ts';
import { type Failures, noProviderError } from './no-provider-error.ts';

/** The fallback, unless there is none or it has been asked already. @throws G4FError why it cannot stand in. */
export const findFallback = async (
  call: CallContext,
  losses: Failures,
  settings: Settings,
): Promise<Candidate | undefined> => {
  const { request, signal, log } = call;
  const fallback = request.allowsFallback ? namedFallback(settings) : undefined;
  if (!fallback) return undefined;
  const { candidates, unusable: lacking } = await routeToFallback(fallback, request, settings).catch(
    (error: unknown) => ({
      candidates: [],
      unusable: [{ id: fallback, missing: toG4FError(error, { code: 'no-provider' }).message }],
    }),
  );
  if (signal.aborted) throw toAbortError(signal);
  const standIn = candidates.find(({ backend }) =>
    log.attempts.every(({ provider }) => provider !== backend.id),
  );
  // Asked before it is announced: nobody is told that it answers who is then told that it cannot.
  const missing =
    lacking[0]?.missing ?? (standIn && (await checkAvailability(standIn, call, () => undefined)));
  if (missing !== undefined) {
    const because = `the fallback ${quote(fallback)} cannot stand in: ${missing}`;
    throw noProviderError(call, { ...losses, because });
  }
  return standIn;
};
