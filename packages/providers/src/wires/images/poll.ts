// Asks after an image that a service makes in the background, until it is done.
import { G4FError, LIMITS } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import type { EndpointContext } from '../endpoint.ts';

/** The first wait, in ms; each that follows is half as long again, up to the longest. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * What is made. A question that fails is asked again by itself: the image is paid.
 *
 * @param ask one question. @param read what it says of the image, and undefined while it is not done; `asked` counts from 0.
 * @throws G4FError `timeout` after `LIMITS.imagePolls` questions; the signal's reason
 */
export async function pollUntilMade<State, Made>(
  { again }: EndpointContext,
  signal: AbortSignal,
  { provider, model }: RequestFacts,
  ask: () => Promise<State>,
  read: (state: State, asked: number) => Made | undefined,
): Promise<Made> {
  let ms = FIRST_WAIT_MS;
  for (let asked = 0; asked < LIMITS.imagePolls; asked += 1) {
    await wait(ms, signal);
    const made = read(await again(ask, signal), asked);
    if (made !== undefined) return made;
    ms = Math.min(1.5 * ms, LONGEST_WAIT_MS);
  }
  throw new G4FError(`${provider}: the image was not made in time. Try again or choose another provider.`, {
    code: 'timeout',
    // Another image would be another one to pay.
    scope: 'provider',
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
