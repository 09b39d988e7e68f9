// HTML to markdown in a thread of its own, which is ended at the deadline.
import { Worker } from 'node:worker_threads';
import { G4FError } from '@g4f/core';
import type { ParsedPage, ParseRequest } from './page.ts';
import { pageWorkerFile } from './worker-file.ts';

/** Of the thread's heap. */
const MEMORY_MB = 512;

/** @throws G4FError `bad-response` for a page that cannot be read; the reason of `signal` when it fires */
export const parseInWorker = (request: ParseRequest, signal: AbortSignal): Promise<ParsedPage> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(pageWorkerFile(), {
      workerData: request,
      // Nothing of the program's is for what reads foreign pages.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', abort);
      settle();
      void worker.terminate();
    };
    const abort = (): void => end(() => reject(signal.reason));
    signal.addEventListener('abort', abort);
    worker.once('message', (page: ParsedPage) => end(() => resolve(page)));
    worker.once('error', (error) => end(() => reject(failure(error))));
    worker.once('exit', () => end(() => reject(failure(undefined))));
    if (signal.aborted) abort();
  });

function failure(cause: unknown): G4FError {
  const { code } = Object(cause);
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return new G4FError(
      'readPage: the file of its worker thread, or what it needs, is not there. Reinstall @g4f/web; in a bundle keep @g4f/web external.',
      { code: 'invalid-request', cause },
    );
  const why = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it takes too much memory' : 'the parser failed on it';
  return new G4FError(`readPage: the page cannot be read: ${why}. Read another one.`, {
    code: 'bad-response',
    scope: 'request',
    cause,
  });
}
