// Waits for what may never come, until a signal fires.
import type { Abortable } from '@g4f/core';
import { toAbortError } from '../errors/abort-error.ts';
import { onAbort } from './on-abort.ts';

/**
 * What the work gives. Work that does not end with the signal goes on, but nobody waits for it.
 * @throws G4FError the reason of the signal, or `aborted`
 */
export const unlessAborted = async <T>(signal: Abortable, work: () => T | Promise<T>): Promise<T> => {
  if (signal.aborted) throw toAbortError(signal);
  let forget = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(toAbortError(signal)));
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    forget();
  }
};
