// Work that is paid for once: what fails after a service has made something is tried again by itself, and never by having it made anew.
import { type Context, isG4FError, reworded, scopeOf } from '@g4f/core';
import type { EndpointContext } from '../wires/endpoint.ts';
import { runAgain, runAll } from './embed-batches.ts';

type PaidWork = Pick<EndpointContext, 'again' | 'forEach'>;

/** See `EndpointContext`. */
export const createPaidWork = (context: Context): PaidWork => ({
  async again(run, over = context.signal) {
    try {
      return await runAgain(run, over, context.retryDelayMs);
    } catch (error) {
      throw over.aborted ? error : afterWork(error);
    }
  },
  async forEach(jobs, run) {
    let isMade = false;
    try {
      const make = async (job: (typeof jobs)[number], signal = context.signal) => {
        const made = await run(job, signal);
        isMade = true;
        return made;
      };
      return await runAll(jobs, make, context);
    } catch (error) {
      throw isMade && !context.signal.aborted ? afterWork(error) : error;
    }
  },
});

/** Neither this moment nor this key is to blame for what the caller does next: the same provider would make it, and charge it, again. */
function afterWork(error: unknown): unknown {
  if (!isG4FError(error) || scopeOf(error) === 'request' || scopeOf(error) === 'provider') return error;
  const told = `${error.message} What was asked for may have been made and charged: this provider is not asked for it again.`;
  return reworded(error, told, { scope: 'provider' });
}
