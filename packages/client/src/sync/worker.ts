// The worker's entry: what runs in the one thread behind all Clients of a thread.
import { parentPort, workerData } from 'node:worker_threads';
import { Board } from './board.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the worker of @g4f/client; import @g4f/client instead.');

const board = new Board((workerData as { readonly board: SharedArrayBuffer }).board);
process.on('uncaughtExceptionMonitor', ({ name, message, stack }) =>
  board.fear({ message: `uncaught ${name}: ${message}`, stack }),
);
process.on('exit', (code) => board.die({ message: `it ended with exit code ${code}` }));

// Loaded after the hooks above are in place, so that a module that is missing or throws can be named to the caller.
void Promise.all([import('./worker-host.ts'), import('../calls.ts'), import('../announce.ts')]).then(
  ([{ serve }, { createCalls }, { announce }]) => {
    // Said here and now, because our parent is blocked; told to it as well, so that it does not say it again.
    const announceOnce = (line: string): void => {
      announce(line);
      port.postMessage(line);
    };
    serve((options) => createCalls(options, announceOnce), port, board);
    board.start();
  },
);
