// A clock of the test's own: a deadline passes when the test says so, and never because the machine is busy.
import { onTestFinished, vi } from 'vitest';

/** From now to the end of the test the clock stands still. Not for calls over a network, which set timers of their own. */
export const stopClock = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
};

/** Lets so many ms pass. */
export const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};

/** Everything that can go on without the clock has gone on; modules may be loaded meanwhile, but nothing is waited for. */
export const turns = async (count = 20): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

/** Lets the time pass that something takes. */
export const onItsClock = async <T>(doing: Promise<T>): Promise<T> => {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  doing.then(over, over);
  for (;;) {
    await turns(2);
    if (isOver) return doing;
    await pass(1);
  }
};
