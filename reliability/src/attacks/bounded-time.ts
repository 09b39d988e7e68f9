// Whether a piece of work takes bounded time, told by the processor's time, which another program does not lengthen.

/** The longest that anything a service, a user or a file says may hold the event loop, in ms. */
const LONGEST_MS = 50;

/** Whether promises are checked as they are worded, and not only what a quadratic step makes of them. */
export const isStrict = (): boolean => process.env.G4F_ATTACK_STRICT === '1';

/**
 * Begins to measure a piece of work; call what it returns when the work is done.
 *
 * In a test only what a quadratic step makes of it is refused: a hundred times as long as promised. `pnpm attack` sets
 * G4F_ATTACK_STRICT, which refuses what is promised.
 *
 * @throws Error naming the work and the time it took, then.
 */
export const startTime = (name: string): (() => void) => {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    const longest = isStrict() ? LONGEST_MS : LONGEST_MS * 100;
    if (ms > longest)
      throw new Error(`${name} took ${Math.round(ms)} ms of processor time, ${longest} at most`);
  };
};

/** Measures the work, as {@link startTime} does. @throws Error naming the work and the time it took */
export const checkTime = async (name: string, work: () => Promise<unknown> | unknown): Promise<void> => {
  const check = startTime(name);
  await work();
  check();
};
