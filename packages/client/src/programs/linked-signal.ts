// The signal of a run: it fires with each of the signals that may end it.
import { type Abortable, G4FError } from '@g4f/core';
import { onAbort } from '../attempt/on-abort.ts';

/** A signal of its own, and what lets go of the others. */
export interface LinkedSignal {
  readonly controller: AbortController;
  release(): void;
}

/** Follows those that are given. */
export const linkedSignal = (...outer: readonly (Abortable | undefined)[]): LinkedSignal => {
  const controller = new AbortController();
  const given = outer.filter((signal) => signal !== undefined);
  const stops = given.map((signal) => onAbort(signal, () => controller.abort(signal.reason)));
  for (const signal of given) if (signal.aborted) controller.abort(signal.reason);
  return {
    controller,
    release() {
      for (const stop of stops) stop();
    },
  };
};

/** For those who ask for the result of a run that was left. */
export const leftError = (): G4FError =>
  new G4FError('the run was stopped before its end.', { code: 'aborted' });
