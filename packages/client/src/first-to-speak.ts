// The first backend to speak keeps the floor: before the first content others may be asked, after it none may.
import { type Batch, toG4FError } from '@g4f/core';
import type { Call } from './call.ts';
import { Contest, type Winner } from './contest.ts';
import { nameOf } from './memory/health.ts';
import { type Losses, nobodyAnswered, substitution, withAttempts } from './nobody-answered.ts';
import { inOrder } from './order.ts';
import type { Candidate, Route } from './route.ts';
import { standInFor } from './stand-in.ts';
import { failedOf } from './trail.ts';
import { placeOf } from './turn.ts';

/**
 * The answer of the first candidate that speaks, or of the stand-in if there is one.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed; the
 *   failure of the speaking backend, with `attempts`, once it has spoken.
 */
export async function* firstToSpeak(route: Route, call: Call): AsyncGenerator<Batch> {
  const { request, trail } = call;
  const candidates = await inOrder(route.candidates, call);
  const providers = candidates.map(({ backend }) => backend.id);
  trail.begin({ model: request.model, stream: request.stream, providers });
  const lost = yield* hear(candidates, call);
  if (lost === undefined) return;
  const losses = { ...lost, unusable: [...route.unusable, ...lost.unusable] };
  const standIn = await standInFor(call, losses);
  if (standIn === undefined) throw nobodyAnswered(call, losses);
  call.announce(substitution(call, standIn, losses.unusable));
  const also = yield* hear([standIn], call);
  if (also === undefined) return;
  throw nobodyAnswered(call, { ...losses, failures: [...losses.failures, ...also.failures] });
}

/** Yields what the first of them to speak says, to its end; returns why none did. */
async function* hear(
  candidates: readonly Candidate[],
  call: Call,
): AsyncGenerator<Batch, Losses | undefined> {
  const contest = new Contest(candidates, call);
  let winner: Winner | undefined;
  try {
    winner = await contest.winner();
    if (winner === undefined) return contest.losses;
    const { turn, rest } = winner;
    for (let { said } = winner; !said.done; said = await rest.next()) {
      if (call.trail.isObserved) count(said.value, call);
      yield said.value;
    }
    turn.ended();
    if (candidates.length > 1)
      call.memory.conversations.answered(call.request, nameOf(placeOf(turn.candidate)));
    return undefined;
  } catch (thrown) {
    const error = winner?.turn.failed(thrown) ?? toG4FError(thrown, { code: 'bad-response' });
    const attempts = failedOf(call.trail.attempts);
    throw attempts.length > 1 || attempts[0]?.retries !== undefined ? withAttempts(error, attempts) : error;
  } finally {
    contest.leave('its reader left');
  }
}

function count(batch: Batch, { trail }: Call): void {
  for (const event of batch) if (event.type === 'usage') trail.counted(event.usage);
}
