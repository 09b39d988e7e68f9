// Random numbers that are the same for the same seed, so that a run can be run again.

/** Numbers from 0 up to 1. Source: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One of these. @throws Error if there are none. */
export const oneOf = <T>(of: readonly T[], random: () => number): T => {
  const picked = of[Math.floor(random() * of.length)];
  if (picked === undefined) throw new Error('nothing to choose from');
  return picked;
};
