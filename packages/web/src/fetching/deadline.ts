// One deadline and the caller's signal over everything that a request does.
import { G4FError } from '@g4f/core';

/** How long it may take, and what else ends it. */
export interface Deadline {
  /** Who waits, for errors. */
  readonly who: string;
  /** In ms. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Node fires a timer for longer than this at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** @param who is given it, for errors. @throws G4FError `invalid-request` for what no timer can wait for */
export const checkTimeout = (who: string, timeout: number): void => {
  if (!Number.isInteger(timeout) || timeout < 1 || timeout > LONGEST_MS)
    throw new G4FError(`${who}: timeout: a whole number from 1 to ${LONGEST_MS} was expected.`, {
      code: 'invalid-request',
    });
};

/**
 * What `run` gives. Its signal fires at the deadline, and with the caller's.
 *
 * @throws G4FError `timeout` after the deadline; `aborted` with the caller's signal; else what `run` throws
 */
export const within = async <T>(
  { who, timeout, signal }: Deadline,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, timeout);
  try {
    controller.signal.throwIfAborted();
    return await run(controller.signal);
  } catch (error) {
    if (signal?.aborted === true)
      throw new G4FError(`${who}: aborted by the caller.`, { code: 'aborted', cause: signal.reason });
    if (!isLate) throw error;
    throw new G4FError(`${who}: not done after ${timeout} ms. Give a longer timeout, or try again later.`, {
      code: 'timeout',
      phase: 'total',
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
};
