// Which timers are left over. Not `process.getActiveResourcesInfo`: the test runner's own timers come and go in it.
import { onTestFinished, vi } from 'vitest';

/** From now to the end of the test: tells how many of the timers set since then hold the process up. */
export const watchTimers = (): (() => number) => {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Set<NodeJS.Timeout>();
  vi.stubGlobal('setTimeout', (tell: (...told: unknown[]) => void, ms: number, ...told: unknown[]) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      tell(...told);
    }, ms);
    timers.add(timer);
    return timer;
  });
  vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
    timers.delete(timer);
    clearTimeout(timer);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return () => [...timers].filter((timer) => timer.hasRef()).length;
};
