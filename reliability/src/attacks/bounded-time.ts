// Whether a piece of work takes bounded time, told by the processor's time, which another program does not lengthen.

/** The longest that anything a service, a user or a file says may hold the event loop, in ms. */
const LONGEST_MS = 50;

/** Whether promises are checked as they are worded, and not only what a quadratic step makes of them. */
export const isStrict = (): boolean => process.env.G4F_ATTACK_STRICT === '1';

/** Work that took longer than it may. */
export class TookLong extends Error {}

/** How often what took too long is tried. */
const TRIES = 3;

/**
 * Runs an attack. What takes too long is tried again: on a machine whose caches other programs fill, the same work takes longer now and
 * then; what has no limit does each time.
 */
export const withoutFlukes = async (run: () => Promise<void> | void): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof TookLong) || tries === TRIES) throw error;
    }
  }
};

/**
 * Begins to measure a piece of work; call what it returns when the work is done.
 *
 * In a test only what a quadratic step makes of it is refused: a hundred times as long as promised. `npm run attack` sets
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
      throw new TookLong(`${name} took ${Math.round(ms)} ms of processor time, ${longest} at most`);
  };
};

/** Measures the work, as {@link startTime} does. @throws Error naming the work and the time it took */
export const checkTime = async (name: string, work: () => Promise<unknown> | unknown): Promise<void> => {
  const check = startTime(name);
  await work();
  check();
};

/** The most that work of many turns takes, in ms: loading what it needs, and a flood up to its limit, take less than half of it. */
const ALL_TURNS_MS = 1000;

/**
 * Measures work of many turns, such as the start of a process and what it says: what has no limit takes more of
 * the processor's time, which a busy machine does not lengthen.
 *
 * @throws Error naming the work and the time it took
 */
export const checkEnds = async (name: string, work: () => Promise<unknown>): Promise<void> => {
  const ms = await cpuMs(work);
  if (ms > ALL_TURNS_MS)
    throw new TookLong(`${name} took ${Math.round(ms)} ms of processor time, ${ALL_TURNS_MS} at most`);
};

/** How many pieces; `npm run attack` takes four times as many. */
const FEW = 1000;
/** Eight times as many may take so many times the time: linear work takes 8 times, quadratic 64. */
const GROWTH = 24;
/** In a test, beside which other programs may compute. */
const GROWTH_IN_TESTS = 40;
/** What takes less is not compared, in ms. */
const SHORT_MS = 10;

/**
 * Compares the work on so many pieces with that on eight times as many.
 *
 * @param make gives the work for a number of pieces.
 * @throws Error naming the work if the time for each piece grows.
 */
export const checkGrowth = async (
  name: string,
  make: (count: number) => () => Promise<unknown> | unknown,
): Promise<void> => {
  const [few, most] = isStrict() ? [4 * FEW, GROWTH] : [FEW, GROWTH_IN_TESTS];
  const grown = await growthOf((count, turns) => quickest(make(count), turns), few, most);
  if (grown !== undefined) throw new Error(`${name}: ${grown}`);
};

/** The ms that a number of pieces take, the least of so many turns. */
type TimeOf = (count: number, turns: number) => Promise<number>;

/**
 * What grew more than `most` times, if the same is so of twice as many pieces: linear work outgrows the caches of a processor once, and
 * quadratic work grows the more, the more there is.
 */
export const growthOf = async (timeOf: TimeOf, few: number, most: number): Promise<string | undefined> => {
  const grown = await compare(timeOf, few, most);
  return grown !== undefined && (await compare(timeOf, 2 * few, most)) !== undefined ? grown : undefined;
};

async function compare(timeOf: TimeOf, few: number, most: number): Promise<string | undefined> {
  const one = Math.max(SHORT_MS, await timeOf(few, 3));
  const many = await timeOf(8 * few, 2);
  if (many <= most * one) return undefined;
  return `${8 * few} pieces took ${Math.round(many)} ms, and ${few} only ${Math.round(one)}`;
}

/** The first time it is compiled, and now and then memory is collected: the quickest of several counts. */
async function quickest(work: () => Promise<unknown> | unknown, turns: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns; turn++) least = Math.min(least, await cpuMs(work));
  return least;
}

async function cpuMs(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
