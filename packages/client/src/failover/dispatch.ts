// Which candidate answers a call: before the first content others may be asked, after it none may.
import { isPromise } from '@g4f/core/internal';
import type { CallContext } from '../attempt/call-context.ts';
import type { Candidate, Route } from '../routing/candidate.ts';
import type { CallPlan } from './call-plan.ts';
import { Failover, type Winner } from './failover.ts';
import { type Failures, fallbackNotice, noProviderError } from './no-provider-error.ts';

/**
 * The first candidate to speak, or the fallback if there is one. No async function on the way of most calls, where each
 * would cost a promise and a turn of the event loop.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed.
 */
export const dispatch = <Part>(
  route: Route,
  call: CallContext<Part>,
  plan: CallPlan,
): Promise<Winner<Part>> => {
  const ordered = plan.order(route.candidates, call);
  return isPromise(ordered)
    ? ordered.then((candidates) => firstOf(candidates, route, call, plan))
    : firstOf(ordered, route, call, plan);
};

function firstOf<Part>(
  candidates: readonly Candidate[],
  { unusable }: Route,
  call: CallContext<Part>,
  plan: CallPlan,
): Promise<Winner<Part>> {
  const { request, log } = call;
  const providers = candidates.map(({ backend }) => backend.id);
  const { operation, model, stream } = request;
  log.begin({ operation, model, stream, providers });
  return new Failover(candidates, call).winner((losses) =>
    substitute({ ...losses, unusable: [...unusable, ...losses.unusable] }, call, plan),
  );
}

async function substitute<Part>(
  losses: Failures,
  call: CallContext<Part>,
  plan: CallPlan,
): Promise<Winner<Part>> {
  const standIn = await plan.findFallback(call, losses);
  if (standIn === undefined) throw noProviderError(call, losses);
  call.announce(fallbackNotice(call, standIn, losses));
  return await new Failover(await plan.order([standIn], call), call).winner(({ failures }) => {
    throw noProviderError(call, { ...losses, failures: [...losses.failures, ...failures] });
  });
}
