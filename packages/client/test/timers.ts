// Which timers are left over. Not `process.getActiveResourcesInfo`: the test runner's own timers come and go in it.
import { onTestFinished, vi } from 'vitest';
import { YOUNG_MS } from '../src/streams/abandoned-streams.ts';

interface Timers {
  /** How many have neither fired nor been cleared. */
  readonly set: number;
  /** How many of these hold the process up. */
  readonly held: number;
}

/**
 * Sees the timers that are set from now to the end of the test, but for the one of all young streams (abandoned-streams.ts): whether it
 * is set by this stream or was by the one before depends on how fast the machine is.
 */
export const watchTimers = (): (() => Timers) => {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Set<NodeJS.Timeout>();
  vi.stubGlobal('setTimeout', (tell: (...told: unknown[]) => void, ms: number, ...told: unknown[]) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      tell(...told);
    }, ms);
    if (ms !== YOUNG_MS) timers.add(timer);
    return timer;
  });
  vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
    timers.delete(timer);
    clearTimeout(timer);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return () => ({ set: timers.size, held: [...timers].filter((timer) => timer.hasRef()).length });
};
