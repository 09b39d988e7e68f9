// What is thrown where the state cannot be read or written.

/** One line: what failed, why, and what to do next. No key and no password is in it. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/** The state is there, and refuses what it was to write: trying again does not help. */
export class RefusedValueError extends StateError {}

/** @param task what was tried; undefined where nobody waits for it. */
export const stateError = (name: string, why: string, cause?: unknown): StateError =>
  new StateError(`${name}: ${why}`, { cause });
