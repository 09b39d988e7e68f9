// Starts the service in fixtures/service-worker.mjs: a server in the blocked thread itself could never answer.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const Count = { Requests: 0, Left: 1, KilobytesSent: 2, Sockets: 3, Allowed: 4 } as const;

/** A running service. The counts are read from shared memory, so they are true although this thread was blocked. */
export interface Service {
  readonly url: string;
  readonly requests: number;
  /** Answers whose reader left before their end. */
  readonly left: number;
  readonly kilobytesSent: number;
  readonly sockets: number;
  /** Lets so many pieces go out, all told, of an answer that is asked for with `waits`. */
  allow(pieces: number): void;
  stop(): Promise<unknown>;
}

export const startService = async (): Promise<Service> => {
  const counts = new Int32Array(new SharedArrayBuffer(64));
  const worker = new Worker(new URL('./fixtures/service-worker.mjs', import.meta.url), {
    workerData: { counts: counts.buffer },
    execArgv: [],
  });
  const [url] = await once(worker, 'message');
  return {
    url: String(url),
    get requests() {
      return Atomics.load(counts, Count.Requests);
    },
    get left() {
      return Atomics.load(counts, Count.Left);
    },
    get kilobytesSent() {
      return Atomics.load(counts, Count.KilobytesSent);
    },
    get sockets() {
      return Atomics.load(counts, Count.Sockets);
    },
    allow(pieces) {
      Atomics.store(counts, Count.Allowed, pieces);
      Atomics.notify(counts, Count.Allowed);
    },
    stop: () => worker.terminate(),
  };
};

/** What has not happened after so long, in ms, never will. */
const NEVER_MS = 60_000;

/** Keeps this thread busy until something is true. @throws if it never is */
export const busyUntil = (isTrue: () => boolean): void => {
  const start = performance.now();
  while (!isTrue()) if (performance.now() - start > NEVER_MS) throw new Error('it did not happen');
};

const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread. */
export const blockFor = (ms: number): void => {
  Atomics.wait(never, 0, 0, ms);
};
