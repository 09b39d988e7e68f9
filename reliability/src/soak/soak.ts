// Many requests at once, each with a fault of its own and a reader of its own; counts what comes of them, and what is left.
import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FaultServer } from '../fault-server.ts';
import { type Plan, planRequest } from './plan.ts';
import { createRandom } from './random.ts';
import { carryOut, type Outcome } from './request.ts';

/** How much, and which. */
export interface SoakOptions {
  readonly requests: number;
  readonly concurrency: number;
  /** The same seed asks the same. */
  readonly seed: number;
  /** Is told after each request. */
  readonly progress?: (done: number) => void;
  /** Changes what is asked, for a test of the soak itself. */
  readonly change?: (plan: Plan) => Plan;
}

/** What came of it. */
export interface SoakReport {
  /** Whole answers, as they should be. */
  readonly delivered: number;
  /** Failures, as they should be. */
  readonly failed: number;
  /** Answers that the reader left. */
  readonly left: number;
  /** Requests that never settled. */
  readonly hung: number;
  /** Answers and failures that are not what they should be, the first of them in words. */
  readonly wrong: number;
  readonly examples: readonly string[];
  /** What is left over, in words; nothing if nothing is. */
  readonly leaked: readonly string[];
  /** Growth of the heap after a garbage collection, in bytes. */
  readonly heapGrowth: number;
}

const EXAMPLES = 5;
/** How long what is left may take to go, in ms: idle connections are kept for 4 s. */
const REST_MS = 10_000;
/** The heap may have grown so much: caches of modules, code and connections, not requests. */
const MOST_GROWTH = 16 * 1024 * 1024;
/** Before the heap is measured for the first time, everything has been used once. */
const WARM_UP = 500;

const ALONE = 30;

/** Runs it. */
export const soak = async (options: SoakOptions, server: FaultServer): Promise<SoakReport> => {
  const { requests, concurrency, seed, progress, change = (plan: Plan) => plan } = options;
  const random = createRandom(seed);
  const resources = activeResources();
  const shared = new AbortController();
  const counts = { delivered: 0, failed: 0, left: 0, hung: 0, wrong: 0 };
  const examples: string[] = [];
  let asked = 0;
  let heapBefore = 0;
  const note = (outcome: Outcome, { spoken, behaviour, stream, temper }: Plan, number: number): void => {
    counts[outcome.kind] += 1;
    if ((outcome.kind !== 'wrong' && outcome.kind !== 'hung') || examples.length >= EXAMPLES) return;
    const what = outcome.kind === 'wrong' ? outcome.what : 'it hung';
    const how = `${stream ? 'streamed' : 'whole'}, its reader ${temper.kind}`;
    examples.push(`request ${number}: ${behaviour.name} on ${spoken.wire}, ${how}: ${what}`);
  };
  const worker = async (last = requests): Promise<void> => {
    while (asked < last) {
      const number = asked++;
      if (number === WARM_UP) heapBefore = heapUsed();
      const plan = change(planRequest(random));
      note(await carryOut(plan, server, shared.signal), plan, number);
      progress?.(asked);
    }
  };
  // The first load what all need: alone, so that no deadline passes meanwhile.
  await worker(Math.min(requests, ALONE));
  await Promise.all(Array.from({ length: concurrency }, () => worker()));
  const leaked = await leftOver(server, shared.signal, resources);
  const heapGrowth = heapBefore === 0 ? 0 : heapUsed() - heapBefore;
  const grown = heapGrowth > MOST_GROWTH ? [`the heap grew by ${heapGrowth} bytes`] : [];
  return { ...counts, examples, leaked: [...leaked, ...grown], heapGrowth };
};

/** What keeps a process alive, and how much of it there is. */
function activeResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

async function leftOver(
  server: FaultServer,
  shared: AbortSignal,
  before: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const until = performance.now() + REST_MS;
  for (;;) {
    // Streams that were dropped are left when they are collected.
    heapUsed();
    const { activeStreams } = await server.counts();
    const listeners = getEventListeners(shared, 'abort').length;
    const resources = [...activeResources()].filter(([name, count]) => count > (before.get(name) ?? 0));
    const left = [
      ...resources.map(([name, count]) => `${count} of ${name}`),
      ...(activeStreams > 0 ? [`${activeStreams} answers are still open at the service`] : []),
      ...(listeners > 0 ? [`${listeners} listeners at the shared signal`] : []),
    ];
    if (left.length === 0 || performance.now() > until) return left;
    await wait(50, undefined, { ref: false });
  }
}

let collect: (() => void) | undefined;

/** The heap after a garbage collection, in bytes. */
function heapUsed(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed;
}
