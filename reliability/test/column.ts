// Runs one column of the fault table for a test, against a service of its own.
import { expect, inject } from 'vitest';
import type { Face } from '../src/faces.ts';
import { startFaultServer } from '../src/fault-server.ts';
import { type Cell, cellsOf, runColumn } from '../src/faults/table.ts';
import type { SpokenWire } from '../src/wires.ts';

/** All rows hold. */
export const expectColumn = async (face: Face['name'], spoken: SpokenWire): Promise<void> => {
  const server = await startFaultServer(inject('serverThread'));
  const cells: Cell[] = [];
  // Here a connection must be closed; how soon, `pnpm faults` measures on a quiet machine.
  for await (const cell of runColumn({ face, spoken, mostMs: Number.MAX_VALUE }, server)) cells.push(cell);
  await server.stop();
  expect(cells.filter(({ short }) => short.length > 0)).toEqual([]);
  expect(cells.map(({ row }) => row)).toEqual(cellsOf({ face, spoken }).map(({ row }) => row));
};
