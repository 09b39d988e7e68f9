// Starts the service of audio-worker.mjs.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A running service. */
export interface AudioService {
  readonly url: string;
  readonly requests: number;
  /** Answers whose reader left before their end. */
  readonly left: number;
  readonly kilobytesSent: number;
  readonly kilobytesHeard: number;
  stop(): Promise<unknown>;
}

export const startAudioService = async (): Promise<AudioService> => {
  const counts = new Int32Array(new SharedArrayBuffer(64));
  const worker = new Worker(new URL('./audio-worker.mjs', import.meta.url), {
    workerData: { counts: counts.buffer },
    execArgv: [],
  });
  const [url] = await once(worker, 'message');
  const read = (slot: number): number => Atomics.load(counts, slot);
  return {
    url: String(url),
    get requests() {
      return read(0);
    },
    get left() {
      return read(1);
    },
    get kilobytesSent() {
      return read(2);
    },
    get kilobytesHeard() {
      return read(3);
    },
    stop: () => worker.terminate(),
  };
};
