// Many requests at once, each with a fault of its own and a reader of its own; counts what comes of them, and what is left.
import { setImmediate as turn } from 'node:timers/promises';
import type { FaultServer } from '../fault-server.ts';
import type { SpokenWire } from '../wires.ts';
import { blockingAsker } from './blocking-request.ts';
import { type CountsOfBoth, createLedger } from './counts.ts';
import { activeResources, heapUsed, leftOver } from './left-over.ts';
import type { Place } from './params.ts';
import { type Plan, planRequest } from './plan.ts';
import { createRandom } from './random.ts';
import { carryOut } from './request.ts';

/** How much, and which. */
export interface SoakOptions {
  /** All of them, those of Client included. */
  readonly requests: number;
  /** So many are made with Client, one after the other; 0. */
  readonly sync?: number;
  readonly concurrency: number;
  /** The same seed asks the same. */
  readonly seed: number;
  /** All unless given. */
  readonly wires?: readonly SpokenWire[];
  /** Is told after each request. */
  readonly progress?: (done: number) => void;
  /** A request that has not settled after so long hangs, in ms; 20,000. */
  readonly hangsMs?: number;
  /** How long what is left may take to go, in ms; 30,000: idle connections are kept for 4 s. */
  readonly restMs?: number;
  /** Names of resources that others in this process hold, such as the timers of a test runner; they are not counted. */
  readonly foreign?: readonly string[];
  /** Changes what is asked, for a test of the soak itself. */
  readonly change?: (plan: Plan) => Plan;
}

/** What came of it. */
export interface SoakReport {
  readonly counts: CountsOfBoth;
  /** The first that hung or were wrong, in words. */
  readonly examples: readonly string[];
  /** What is left over, in words; nothing if nothing is. */
  readonly leaked: readonly string[];
  /** Growth of the heap after the warm-up, in bytes; undefined in a run too short to have one. */
  readonly heapGrowth: number | undefined;
}

/** The heap may have grown so much: caches of modules, code and connections, not requests. */
const MOST_GROWTH = 4 * 1024 * 1024;
/** The first requests load what all need: alone, so that no deadline passes meanwhile. */
const ALONE = 30;
/** After so many more everything has been used, and the heap is measured for the first time. */
const WARM_UP = 1000;
const WARM_UP_SYNC = 50;

const nothing = (): void => undefined;

/** Runs it. */
export const soak = async (options: SoakOptions, server: FaultServer): Promise<SoakReport> => {
  const { requests, sync = 0, concurrency, seed, hangsMs = 20_000, restMs = 30_000 } = options;
  const { wires, foreign = [], progress = nothing, change = (plan: Plan) => plan } = options;
  const random = createRandom(seed);
  const before = activeResources(foreign);
  const place: Place = { server, shared: new AbortController().signal, hangsMs };
  const rest = () => leftOver(place, { before, foreign, restMs });
  const { note, counts, examples } = createLedger(seed, progress);
  let planned = 0;
  // Number and plan are drawn together: whoever is faster, a number has the same plan.
  const next = () => ({ number: planned++, plan: change(planRequest(random, wires)) });

  const ask = async (count: number, atOnce: number): Promise<void> => {
    const last = planned + count;
    const one = async (): Promise<void> => {
      while (planned < last) {
        const { number, plan } = next();
        note('AsyncClient', number, plan, await carryOut(plan, place));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  };
  const askBlocking = async (count: number): Promise<void> => {
    if (count === 0) return;
    const asker = blockingAsker();
    for (let asked = 0; asked < count; asked++) {
      const { number, plan } = next();
      note('Client', number, plan, asker.carryOut(plan, place));
      // What was dropped can be collected only between turns.
      await turn();
    }
    asker.close();
  };

  const alone = Math.min(requests - sync, ALONE);
  const hasWarmUp = requests - sync - alone > WARM_UP;
  const warmUp = hasWarmUp ? WARM_UP : 0;
  const warmUpSync = hasWarmUp ? Math.min(sync, WARM_UP_SYNC) : 0;
  await ask(alone, 1);
  await ask(warmUp, concurrency);
  await askBlocking(warmUpSync);
  if (hasWarmUp) await rest();
  const heapBefore = heapUsed();
  await ask(requests - sync - alone - warmUp, concurrency);
  await askBlocking(sync - warmUpSync);
  const leaked = await rest();
  const heapGrowth = hasWarmUp ? heapUsed() - heapBefore : undefined;
  const grown = (heapGrowth ?? 0) > MOST_GROWTH ? [`the heap grew by ${heapGrowth} bytes`] : [];
  return { counts, examples, leaked: [...leaked, ...grown], heapGrowth };
};
