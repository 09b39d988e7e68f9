// The first backend to speak keeps the floor: before the first content others may be asked, after it none may.
import { toG4FError } from '@g4f/core';
import type { Call } from './call.ts';
import { Contest, type Winner } from './contest.ts';
import { type Losses, nobodyAnswered, substitution, withAllAttempts } from './nobody-answered.ts';
import { inOrder } from './order.ts';
import type { Candidate, Route } from './route.ts';
import { standInFor } from './stand-in.ts';

/**
 * The first candidate to speak, or the stand-in if there is one.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed.
 */
export async function firstToSpeak(route: Route, call: Call): Promise<Winner> {
  const { request, trail } = call;
  const candidates = await inOrder(route.candidates, call);
  const providers = candidates.map(({ backend }) => backend.id);
  trail.begin({ model: request.model, stream: request.stream, providers });
  const asked = await ask(candidates, call);
  if (asked.winner !== undefined) return asked.winner;
  const { losses } = asked;
  const all = { ...losses, unusable: [...route.unusable, ...losses.unusable] };
  const standIn = await standInFor(call, all);
  if (standIn === undefined) throw nobodyAnswered(call, all);
  call.announce(substitution(call, standIn, all.unusable));
  const also = await ask([standIn], call);
  if (also.winner !== undefined) return also.winner;
  throw nobodyAnswered(call, { ...all, failures: [...all.failures, ...also.losses.failures] });
}

/** Who spoke, or why nobody did. */
type Asked = { readonly winner: Winner } | { readonly winner?: undefined; readonly losses: Losses };

async function ask(candidates: readonly Candidate[], call: Call): Promise<Asked> {
  const contest = new Contest(candidates, call);
  try {
    const winner = await contest.winner();
    return winner === undefined ? { losses: contest.losses } : { winner };
  } catch (thrown) {
    contest.leave('its reader left');
    throw withAllAttempts(toG4FError(thrown, { code: 'bad-response' }), call);
  }
}
