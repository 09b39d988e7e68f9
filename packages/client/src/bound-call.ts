// What can end a whole call before its answer is complete: the caller's own signal, the reader's leave, the total deadline.
import { type Abortable, LightAbort } from '@g4f/core';
import { toAbortError } from './abort-error.ts';
import { MAX_TIMER_MS, timeoutError } from './deadlines.ts';
import { onAbort } from './on-abort.ts';
import type { Settings } from './settings.ts';

/** What bounds a whole call. */
export interface BoundCall {
  readonly signal: Abortable;
  /** When the total deadline passes, on the clock of `performance.now()`. */
  readonly endsAt: number;
  release(): void;
}

/** The signal of a whole call: the caller's own, the reader's leave, and the total deadline. */
export function boundCall(
  { signal, limits }: Pick<Settings, 'signal' | 'limits'>,
  left: Abortable | undefined,
): BoundCall {
  const outer = [signal, left].filter((one) => one !== undefined);
  const call = new LightAbort();
  for (const one of outer) if (one.aborted) throw toAbortError(one);
  const stopListening = outer.map((one) => onAbort(one, () => call.abort(one.reason)));
  const timer =
    limits.total <= MAX_TIMER_MS
      ? setTimeout(() => call.abort(timeoutError('the call', 'total', limits.total)), limits.total)
      : undefined;
  return {
    signal: call,
    endsAt: performance.now() + limits.total,
    release() {
      clearTimeout(timer);
      for (const stop of stopListening) stop();
    },
  };
}
