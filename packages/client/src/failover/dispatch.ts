// The first backend to speak keeps the floor: before the first content others may be asked, after it none may.
import { isPromise } from '@g4f/core/internal';
import type { Call } from '../attempt/call-context.ts';
import type { Candidate, Route } from '../routing/route.ts';
import { inOrder, weighedFor } from './candidate-order.ts';
import { Contest, type Winner } from './failover.ts';
import { standInFor } from './fallback.ts';
import { type Losses, nobodyAnswered, substitution } from './no-provider-error.ts';

/**
 * The first candidate to speak, or the stand-in if there is one. No async function on the way of most calls, where each
 * would cost a promise and a turn.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed.
 */
export const firstToSpeak = (route: Route, call: Call): Promise<Winner> => {
  const ordered = inOrder(route.candidates, call);
  return isPromise(ordered)
    ? ordered.then((candidates) => firstOf(candidates, route, call))
    : firstOf(ordered, route, call);
};

function firstOf(candidates: readonly Candidate[], { unusable }: Route, call: Call): Promise<Winner> {
  const { request, trail } = call;
  const providers = candidates.map(({ backend }) => backend.id);
  trail.begin({ model: request.model, stream: request.stream, providers });
  return new Contest(candidates, call).winner((losses) =>
    substitute({ ...losses, unusable: [...unusable, ...losses.unusable] }, call),
  );
}

async function substitute(losses: Losses, call: Call): Promise<Winner> {
  const standIn = await standInFor(call, losses);
  if (standIn === undefined) throw nobodyAnswered(call, losses);
  call.announce(substitution(call, standIn, losses));
  return await new Contest(await weighedFor([standIn], call), call).winner(({ failures }) => {
    throw nobodyAnswered(call, { ...losses, failures: [...losses.failures, ...failures] });
  });
}
