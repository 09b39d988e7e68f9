// Waits for a while, or until it is no longer wanted.
import type { Abortable } from '@g4f/core';
import { onAbort } from './on-abort.ts';

/** Fulfils after `ms`, or as soon as the signal is aborted. */
export const sleep = (ms: number, signal: Abortable): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stopListening();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stopListening = onAbort(signal, done);
    if (signal.aborted) done();
  });
