// The first backend to speak keeps the floor: before the first content others may be asked, after it none may.
import { isPromise } from '@g4f/core';
import type { Call } from './call.ts';
import { Contest, type Winner } from './contest.ts';
import { nobodyAnswered, substitution } from './nobody-answered.ts';
import { inOrder } from './order.ts';
import type { Route } from './route.ts';
import { standInFor } from './stand-in.ts';

/**
 * The first candidate to speak, or the stand-in if there is one.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed.
 */
export async function firstToSpeak(route: Route, call: Call): Promise<Winner> {
  const { request, trail } = call;
  const ordered = inOrder(route.candidates, call);
  const candidates = isPromise(ordered) ? await ordered : ordered;
  const providers = candidates.map(({ backend }) => backend.id);
  trail.begin({ model: request.model, stream: request.stream, providers });
  const contest = new Contest(candidates, call);
  const winner = await contest.winner();
  if (winner !== undefined) return winner;
  const { losses } = contest;
  const all = { ...losses, unusable: [...route.unusable, ...losses.unusable] };
  const standIn = await standInFor(call, all);
  if (standIn === undefined) throw nobodyAnswered(call, all);
  call.announce(substitution(call, standIn, all.unusable));
  const last = new Contest([standIn], call);
  const substitute = await last.winner();
  if (substitute !== undefined) return substitute;
  throw nobodyAnswered(call, { ...all, failures: [...all.failures, ...last.losses.failures] });
}
