// Many requests at once, each with a fault of its own and a reader of its own; counts what comes of them, and what is left.
import { setImmediate as turn } from 'node:timers/promises';
import type { FaultServer } from '../fault-server.ts';
import type { SpokenWire } from '../wires.ts';
import { blockingAsker } from './blocking-request.ts';
import { activeResources, heapUsed, leftOver } from './left-over.ts';
import type { Outcome } from './outcome.ts';
import type { Place } from './params.ts';
import { type Plan, planRequest } from './plan.ts';
import { createRandom } from './random.ts';
import { carryOut } from './request.ts';

/** How much, and which. */
export interface SoakOptions {
  /** All of them, those of Client included. */
  readonly requests: number;
  /** So many are made with Client, at the end, one after the other; 0. */
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
  /** How long what is left may take to go, in ms; 10,000: idle connections are kept for 4 s. */
  readonly restMs?: number;
  /** Changes what is asked, for a test of the soak itself. */
  readonly change?: (plan: Plan) => Plan;
}

/** How often what came of a request: as the row says, the reader left, or as must not be. */
export type Counts = Readonly<Record<Outcome['kind'], number>>;

/** What came of it. */
export interface SoakReport {
  readonly counts: { readonly AsyncClient: Counts; readonly Client: Counts };
  /** The first that hung or were wrong, in words. */
  readonly examples: readonly string[];
  /** What is left over, in words; nothing if nothing is. */
  readonly leaked: readonly string[];
  /** Growth of the heap since all had been used once, in bytes; undefined in a run too short to tell. */
  readonly heapGrowth: number | undefined;
}

const EXAMPLES = 5;
/** The heap may have grown so much: caches of modules, code and connections, not requests. */
const MOST_GROWTH = 4 * 1024 * 1024;
/** Before the heap is measured for the first time, everything has been used so often. */
const WARM_UP = { requests: 1000, sync: 50 };
/** The first load what all need: alone, so that no deadline passes meanwhile. */
const ALONE = 30;

/** Runs it. Long because its steps share the counts. */
export const soak = async (options: SoakOptions, server: FaultServer): Promise<SoakReport> => {
  const { requests, sync = 0, concurrency, seed, wires, progress, change = (plan: Plan) => plan } = options;
  const { hangsMs = 20_000, restMs = 10_000 } = options;
  const random = createRandom(seed);
  const before = activeResources();
  const place: Place = { server, shared: new AbortController().signal, hangsMs };
  const counts = { AsyncClient: noCounts(), Client: noCounts() };
  const examples: string[] = [];
  let asked = 0;
  let over = 0;

  const note = (face: keyof typeof counts, number: number, plan: Plan, outcome: Outcome): void => {
    counts[face][outcome.kind] += 1;
    progress?.(++over);
    if ((outcome.kind !== 'wrong' && outcome.kind !== 'hung') || examples.length >= EXAMPLES) return;
    const { spoken, behaviour, stream, temper } = plan;
    const what = outcome.kind === 'wrong' ? outcome.what : 'it hung';
    const how = `${stream ? 'streamed' : 'whole'}, its reader ${temper.kind}`;
    const which = `request ${number} of seed ${seed}, ${face}`;
    examples.push(`${which}: ${behaviour.name} on ${spoken.wire}, ${how}: ${what}`);
  };
  const ask = async (last: number, atOnce: number): Promise<void> => {
    const one = async (): Promise<void> => {
      while (asked < last) {
        const number = asked++;
        const plan = change(planRequest(random, wires));
        note('AsyncClient', number, plan, await carryOut(plan, place));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  };
  const askBlocking = async (last: number): Promise<void> => {
    if (asked >= last) return;
    const asker = blockingAsker();
    while (asked < last) {
      const number = asked++;
      const plan = change(planRequest(random, wires));
      note('Client', number, plan, asker.carryOut(plan, place));
      await turn();
    }
    asker.close();
  };

  const withAsync = requests - sync;
  await ask(Math.min(withAsync, ALONE), 1);
  const isLong = withAsync > WARM_UP.requests;
  let heapBefore = 0;
  if (isLong) {
    await ask(WARM_UP.requests, concurrency);
    await askBlocking(asked + Math.min(sync, WARM_UP.sync));
    await leftOver(place, before, restMs);
    heapBefore = heapUsed();
  }
  await ask(
    requests - Math.max(0, sync - counts.Client.delivered - sumButDelivered(counts.Client)),
    concurrency,
  );
  await askBlocking(requests);
  const leaked = await leftOver(place, before, restMs);
  const heapGrowth = isLong ? heapUsed() - heapBefore : undefined;
  const grown = (heapGrowth ?? 0) > MOST_GROWTH ? [`the heap grew by ${heapGrowth} bytes`] : [];
  return { counts, examples, leaked: [...leaked, ...grown], heapGrowth };
};

const noCounts = (): Record<Outcome['kind'], number> => ({
  delivered: 0,
  failed: 0,
  left: 0,
  hung: 0,
  wrong: 0,
});
