// The worker's entry: what runs in the one thread behind all Clients of a thread.
import { parentPort, workerData } from 'node:worker_threads';
import type { ClientOptions } from '../surface/options.ts';
import type { Envelope, UpMessage, WorkerStart } from './messages.ts';
import type { WorkerClient } from './worker-host.ts';
import { WorkerStatus, wordsOf } from './worker-status.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the worker of @g4f/client; import @g4f/client instead.');

const start: WorkerStart = { ...workerData };
// What other modules of this thread can reach they could write into.
for (const name of Object.keys(start)) delete workerData[name];
const board = new WorkerStatus(start.board);
process.on('uncaughtExceptionMonitor', (thrown: unknown) => {
  const { message, stack } = wordsOf(thrown);
  board.fear({ message: `uncaught ${message}`, stack });
});
// It is ours, and has been loaded.
board.beat();

const postUp = (message: UpMessage): void =>
  port.postMessage({ secret: start.secret, message } satisfies Envelope);

// Loaded after the hooks above are in place, so that a module that is missing or throws can be named to the caller.
void Promise.all([
  import('./worker-host.ts'),
  import('../methods/full-client.ts'),
  import('../middleware/middleware-engine.ts'),
  import('./revive-middleware.ts'),
  import('../models/list-call.ts'),
  import('#platform/announce'),
]).then(
  ([
    { serve },
    { createFullEngine },
    { withMiddleware },
    { reviveMiddleware },
    { callListModels, callRetrieveModel },
    { announce },
  ]) => {
    // Said here and now, because our parent is blocked; told to it as well, so that it does not say it again.
    const announceOnce = (line: string): void => {
      announce(line);
      postUp(line);
    };
    const createClient = (crossed: ClientOptions): WorkerClient => {
      const options = reviveMiddleware(crossed);
      return {
        engine: withMiddleware((own) => createFullEngine(own, announceOnce), options),
        listModels: (params, terms) => callListModels(options, params, terms),
        retrieveModel: (model, terms) => callRetrieveModel(options, model, terms),
      };
    };
    serve(createClient, { port, postUp }, board);
    board.start();
  },
);
