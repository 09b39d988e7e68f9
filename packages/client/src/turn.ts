// One try at one candidate: asked, heard up to its first content, and then heard out or left.
import { type Batch, type G4FError, toG4FError } from '@g4f/core';
import { Attempt } from './attempt.ts';
import type { Call } from './call.ts';
import type { Place, Watch } from './memory/health.ts';
import type { Key } from './memory/key-ring.ts';
import { missingNow } from './missing-now.ts';
import type { Candidate } from './route.ts';
import { Speech } from './speak.ts';
import type { Step } from './trail.ts';

/** What comes of asking. */
export type Outcome =
  /** It speaks: what it said first, and what comes after that. */
  | { readonly kind: 'spoke'; readonly said: IteratorResult<Batch>; readonly rest: AsyncIterator<Batch> }
  | { readonly kind: 'failed'; readonly error: G4FError }
  /** It cannot be asked: what is missing. */
  | { readonly kind: 'missing'; readonly missing: string };

/** A try under way. */
export interface Turn {
  readonly candidate: Candidate;
  readonly key: Key;
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  /** It has been heard to its end. */
  ended(): void;
  /** It broke off with this. @returns the same as a G4FError */
  failed(thrown: unknown): G4FError;
  /** It is no longer listened to: its connection is closed at once. @param why for the trail. */
  leave(why: string): void;
}

/** Where a candidate answers. */
export const placeOf = ({ backend, baseURL }: Candidate): Place => ({ provider: backend.id, baseURL });

/** Asks the candidate. @param key the one of its keys that it is asked with. @param step its place in the trail. */
export const beginTurn = (asked: Candidate, key: Key, call: Call, step: Step): Turn => {
  // A key from the environment is not handed on: the backend finds it there, and can say where it found it.
  const candidate = asked.apiKey === undefined ? asked : { ...asked, apiKey: key };
  const { request, settings, signal, memory } = call;
  let attempt: Attempt | undefined;
  let batches: AsyncIterator<Batch> | undefined;
  let watch: Watch | undefined;
  let isOver = false;

  const failed = (thrown: unknown): G4FError => {
    const error = toG4FError(thrown, { code: 'bad-response', provider: candidate.backend.id });
    isOver = true;
    // A whole call that is over says nothing of the backend that happened to be asked.
    if (signal.aborted) watch?.left();
    else watch?.failed(error);
    step.failed(error);
    return error;
  };
  const ask = async (): Promise<Outcome> => {
    const missing = await missingNow(candidate, call, (checking) => {
      attempt = checking;
    });
    if (missing !== undefined || isOver) return { kind: 'missing', missing: missing ?? 'it was left' };
    step.asked();
    watch = memory.health.begin(placeOf(candidate));
    attempt = new Attempt(candidate, settings, signal);
    const { model } = candidate;
    const rest = new Speech(candidate, request.model === model ? request : { ...request, model }, attempt);
    batches = rest;
    const said = await rest.next();
    if (!said.done) watch.spoke(step.spoke());
    return { kind: 'spoke', said, rest };
  };
  return {
    candidate,
    key,
    outcome: ask().catch((thrown: unknown) => ({ kind: 'failed', error: failed(thrown) })),
    ended() {
      isOver = true;
      watch?.ended();
      step.ended();
      memory.keys.worked(placeOf(candidate), key);
    },
    failed,
    leave(why) {
      if (isOver) return;
      isOver = true;
      attempt?.abandon();
      void batches?.return?.();
      watch?.left();
      step.failed({ code: 'aborted', message: `${candidate.backend.id}: ${why}.` });
    },
  };
};
