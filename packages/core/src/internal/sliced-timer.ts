// A timer for whom a thread that stood still has not waited.

/** So much of a wait counts at once, in ms: a thread that was blocked for longer has not had the chance to read what came. */
const SLICE_MS = 250;

/** A wait that a blocked thread does not use up. */
export interface SlicedTimer {
  /** Ends it. @returns how much of the wait has counted, in ms; of the slice that is not over, all */
  end(): number;
}

/** Calls `over` when so many ms have been waited, unless it is ended before. */
export const slicedTimer = (ms: number, over: () => void): SlicedTimer => {
  let left = ms;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = (): void => {
    const slice = Math.min(left, SLICE_MS);
    left -= slice;
    timer = setTimeout(left > 0 ? next : over, slice);
  };
  next();
  return {
    end() {
      clearTimeout(timer);
      return ms - left;
    },
  };
};
