// A wait counts in slices, so that a thread that stood still has not waited.
import { describe, expect, it, vi } from 'vitest';
import { slicedTimer } from '../../src/internal.ts';

/** The thread stands still for so many ms, as one does whose process gets no processor. */
const standStill = (ms: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a timer in slices', () => {
  it('is not over because the thread stood still', async () => {
    const over = vi.fn();
    const timer = slicedTimer(1000, over);
    standStill(1200);
    // One slice is over, and what came meanwhile is read.
    await new Promise(setImmediate);
    expect(over).not.toHaveBeenCalled();
    timer.end();
  });

  it('is over after all its slices, and says how much has counted', async () => {
    vi.useFakeTimers();
    try {
      const over = vi.fn();
      const timer = slicedTimer(600, over);
      await vi.advanceTimersByTimeAsync(599);
      expect(over).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(over).toHaveBeenCalledTimes(1);
      expect(timer.end()).toBe(600);
      const ended = slicedTimer(600, over);
      await vi.advanceTimersByTimeAsync(260);
      expect(ended.end()).toBe(500);
      await vi.advanceTimersByTimeAsync(1000);
      expect(over).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
