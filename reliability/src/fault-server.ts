// The fault server of the test kit, in a thread of its own: a client that blocks this one can still be answered.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FaultCounts } from '@g4f/testing';

/** A running fault server. */
export interface FaultServer {
  readonly url: string;
  /** An address that takes a call and never shakes hands. */
  readonly neverConnects: string;
  counts(): Promise<FaultCounts>;
  stop(): Promise<unknown>;
}

interface CountsMessage {
  readonly number: number;
  readonly counts: FaultCounts;
}

/** Starts it on a free port of this machine. @param file of its thread; unless given, the one that uses the kit as it was built */
export const startFaultServer = async (
  file: string | URL = new URL('./server-thread.mjs', import.meta.url),
): Promise<FaultServer> => {
  const thread = new Worker(file, { execArgv: [] });
  const [{ url, neverConnects }] = await once(thread, 'message');
  const waiting = new Map<number, (counts: FaultCounts) => void>();
  let asked = 0;
  thread.on('message', ({ number, counts }: CountsMessage) => {
    waiting.get(number)?.(counts);
    waiting.delete(number);
  });
  return {
    url,
    neverConnects,
    counts: () =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve);
        thread.postMessage(asked);
      }),
    stop: () => thread.terminate(),
  };
};
