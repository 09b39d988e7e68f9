// Runs one column of the fault table for a test, against a service of its own.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, inject } from 'vitest';
import type { Face } from '../src/faces.ts';
import { type Cell, cellsOf } from '../src/faults/table.ts';
import type { SpokenWire } from '../src/wires.ts';
import { type AskedColumn, runCells } from './cells.ts';

/** All rows hold. */
export const expectColumn = async (face: Face['name'], spoken: SpokenWire): Promise<void> => {
  const asked = { face, spoken, serverThread: inject('serverThread') };
  const cells = await (face === 'Client' ? runInThread(asked) : runCells(asked));
  expect(cells.filter(({ short }) => short.length > 0)).toEqual([]);
  expect(cells.map(({ row }) => row)).toEqual(cellsOf(asked).map(({ row }) => row));
};

async function runInThread(workerData: AskedColumn): Promise<readonly Cell[]> {
  const thread = new Worker(inject('columnThread'), { workerData, execArgv: [] });
  const [cells] = await once(thread, 'message');
  await thread.terminate();
  return cells;
}
