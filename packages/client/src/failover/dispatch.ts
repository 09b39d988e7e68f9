// The first backend to speak keeps the floor: before the first content others may be asked, after it none may.
import { isPromise } from '@g4f/core/internal';
import type { CallContext } from '../attempt/call-context.ts';
import type { Candidate, Route } from '../routing/route.ts';
import { orderCandidates, withFeatureGaps } from './candidate-order.ts';
import { Failover, type Winner } from './failover.ts';
import { findFallback } from './fallback.ts';
import { type Failures, fallbackNotice, noProviderError } from './no-provider-error.ts';

/**
 * The first candidate to speak, or the stand-in if there is one. No async function on the way of most calls, where each
 * would cost a promise and a turn of the event loop.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed.
 */
export const dispatch = (route: Route, call: CallContext): Promise<Winner> => {
  const ordered = orderCandidates(route.candidates, call);
  return isPromise(ordered)
    ? ordered.then((candidates) => firstOf(candidates, route, call))
    : firstOf(ordered, route, call);
};

function firstOf(candidates: readonly Candidate[], { unusable }: Route, call: CallContext): Promise<Winner> {
  const { request, log } = call;
  const providers = candidates.map(({ backend }) => backend.id);
  log.begin({ model: request.model, stream: request.stream, providers });
  return new Failover(candidates, call).winner((losses) =>
    substitute({ ...losses, unusable: [...unusable, ...losses.unusable] }, call),
  );
}

async function substitute(losses: Failures, call: CallContext): Promise<Winner> {
  const standIn = await findFallback(call, losses);
  if (standIn === undefined) throw noProviderError(call, losses);
  call.announce(fallbackNotice(call, standIn, losses));
  return await new Failover(await withFeatureGaps([standIn], call), call).winner(({ failures }) => {
    throw noProviderError(call, { ...losses, failures: [...losses.failures, ...failures] });
  });
}
