// Starts the service in fixtures/json-service.mjs: it answers though the thread of the test is blocked.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What is answered at a path: JSON with status 200 unless it says otherwise. */
export interface JsonAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  /** Whether the connection is closed in the middle of the body. */
  readonly cut?: true;
}

/** @param answers by path. */
export const startJsonService = async (
  answers: Readonly<Record<string, JsonAnswer>>,
): Promise<{ readonly url: string; stop(): Promise<unknown> }> => {
  const worker = new Worker(new URL('./fixtures/json-service.mjs', import.meta.url), {
    workerData: { answers },
    execArgv: [],
  });
  const [url] = await once(worker, 'message');
  return { url: String(url), stop: () => worker.terminate() };
};
