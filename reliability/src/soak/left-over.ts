// What a process still holds when its requests are over: connections, timers, listeners, memory.
import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Place } from './params.ts';

/** Names of what keeps a process alive, and how many there are of each. */
export type Resources = ReadonlyMap<string, number>;

/** What there is now. @param foreign names of those that others in this process hold, which are not counted */
export const activeResources = (foreign: readonly string[]): Resources => {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo())
    if (!foreign.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** With what it is compared, and how long it may take to go, in ms. */
interface Rest {
  readonly before: Resources;
  readonly foreign: readonly string[];
  readonly restMs: number;
}

/** Waits until nothing is left, at most `restMs`. @returns what is left then, in words. */
export const leftOver = async (
  { server, shared }: Place,
  { before, foreign, restMs }: Rest,
): Promise<readonly string[]> => {
  const until = performance.now() + restMs;
  for (;;) {
    // Streams that were dropped are left when they are collected.
    heapUsed();
    const { activeStreams } = await server.counts();
    const listeners = getEventListeners(shared, 'abort').length;
    const resources = [...activeResources(foreign)].filter(
      ([name, count]) => count > (before.get(name) ?? 0),
    );
    const left = [
      ...resources.map(([name, count]) => `${count} of ${name}`),
      ...(activeStreams > 0 ? [`${activeStreams} answers are still open at the service`] : []),
      ...(listeners > 0 ? [`${listeners} listeners at the shared signal`] : []),
    ];
    if (left.length === 0 || performance.now() > until) return left;
    await wait(50, undefined, { ref: false });
  }
};

let collect: (() => void) | undefined;

/** The heap after a garbage collection, in bytes. */
export const heapUsed = (): number => {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed;
};
