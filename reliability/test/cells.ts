// The cells of one column, run against a service of its own.
import { type FaultServer, startFaultServer } from '../src/fault-server.ts';
import { type Cell, type Column, runColumn } from '../src/faults/table.ts';

/** Which column is run, and the file of the fault server's thread. */
export interface AskedColumn extends Pick<Column, 'face' | 'spoken'> {
  readonly serverThread: string;
}

/** Runs them one after the other, because the service counts what is open. */
export const runCells = async ({ face, spoken, serverThread }: AskedColumn): Promise<readonly Cell[]> => {
  const server: FaultServer = await startFaultServer(serverThread);
  const cells: Cell[] = [];
  // Here a connection must be closed; how soon, `npm run faults` measures on a quiet machine.
  for await (const cell of runColumn({ face, spoken, mostMs: Number.MAX_VALUE }, server)) cells.push(cell);
  await server.stop();
  return cells;
};
