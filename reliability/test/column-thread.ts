// One column of the fault table in a thread of its own: a `Client` blocks its thread while it waits, and columns side by
// side wait at the same time.
import { parentPort, workerData } from 'node:worker_threads';
import { runCells } from './cells.ts';

parentPort?.postMessage(await runCells(workerData));
