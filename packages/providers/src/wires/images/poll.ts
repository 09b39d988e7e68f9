// Asks after an image that a service makes in the background, until it is done.
import { G4FError, LIMITS } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';

/** The first wait, in ms; each that follows is half as long again, up to the longest. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * What is made.
 *
 * @param ask gives it when it is done, and undefined while it is not.
 * @throws G4FError `timeout` after `LIMITS.imagePolls` questions; the signal's reason
 */
export async function pollUntilMade<T>(
  ask: () => Promise<T | undefined>,
  signal: AbortSignal,
  { provider, model }: RequestFacts,
): Promise<T> {
  let ms = FIRST_WAIT_MS;
  for (let asked = 0; asked < LIMITS.imagePolls; asked += 1) {
    await wait(ms, signal);
    const made = await ask();
    if (made !== undefined) return made;
    ms = Math.min(1.5 * ms, LONGEST_WAIT_MS);
  }
  throw new G4FError(`${provider}: the image was not made in time. Try again or choose another provider.`, {
    code: 'timeout',
    phase: 'first-content',
    provider,
    model,
  });
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
