// Whether a piece of work takes bounded time, told by the processor's time, which another program does not lengthen.

/** The longest that anything a service, a user or a file says may hold the event loop, in ms. */
const LONGEST_MS = 50;

/**
 * Measures the work on an input of each size.
 *
 * In a test only what a quadratic step makes of it is refused: a hundred times as long as promised. `pnpm attack` sets
 * G4F_ATTACK_STRICT, which refuses what is promised.
 *
 * @throws Error naming the work and the time it took.
 */
export const checkTime = async (name: string, work: () => Promise<unknown> | unknown): Promise<void> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  const longest = process.env.G4F_ATTACK_STRICT === '1' ? LONGEST_MS : LONGEST_MS * 100;
  if (ms > longest)
    throw new Error(`${name} took ${Math.round(ms)} ms of processor time, ${longest} at most`);
};
