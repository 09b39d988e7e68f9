// What a caller's function gives to `Client`, which cannot wait for a promise.
import { G4FError } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import type { Task } from './program.ts';

/** @throws G4FError `invalid-request` for a promise: nobody could wait for it while the thread is blocked. */
export function atOnce({ what }: Pick<Task, 'what'>, value: unknown): unknown {
  if (!isPromise(value)) return value;
  // Its failure must not end the process: this error says what is wrong.
  Promise.resolve(value).catch(() => undefined);
  throw new G4FError(
    `Client: ${what} returned a promise, for which a blocked thread cannot wait: give a plain function, or use AsyncClient.`,
    { code: 'invalid-request' },
  );
}
