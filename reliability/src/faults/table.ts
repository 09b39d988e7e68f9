// The table: every row on every wire with both clients, one cell after the other.
import { FACES, type Face } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import type { SpokenWire } from '../wires.ts';
import { BEHAVIOURS, behavioursOf } from './behaviours.ts';
import { closesAfter, LEAVINGS, type Leaving } from './leaving.ts';
import { runCell } from './run-cell.ts';

/** One cell: a row on one wire with one client. */
export interface Cell {
  /** The name of the row. */
  readonly row: string;
  readonly wire: string;
  readonly face: Face['name'];
  /** What fell short; nothing if it holds. */
  readonly short: readonly string[];
  /** For a reader who left: after how many ms the connection was closed. */
  readonly closedAfterMs?: number;
}

/** Which column is run, and how. */
export interface Column {
  readonly face: Face['name'];
  readonly spoken: SpokenWire;
  /** Only rows whose name holds this. */
  readonly only?: string;
  /** How long the connection of a reader who left may stay open, in ms. */
  readonly mostMs: number;
}

/** The name of a row about leaving: it is the same for both clients. */
export const rowOf = ({ name, moment }: Leaving): string => `left ${moment}: ${name}`;

/** The names of all rows that hold `only`, in their order. */
export const rowNames = (only = ''): readonly string[] =>
  [...new Set([...BEHAVIOURS.map(({ name }) => name), ...LEAVINGS.map(rowOf)])].filter((row) =>
    row.includes(only),
  );

/** The cells of one column, as if all of them held. */
export const cellsOf = ({ face, spoken: { wire } }: Pick<Column, 'face' | 'spoken'>): readonly Cell[] => {
  const leavings = LEAVINGS.filter((leaving) => leaving.face === face);
  const rows = [...behavioursOf(wire).map(({ name }) => name), ...leavings.map(rowOf)];
  return rows.map((row) => ({ row, wire, face, short: [] }));
};

/** Runs one column: all rows on one wire with one client. */
export async function* runColumn(column: Column, server: FaultServer): AsyncGenerator<Cell> {
  const { face: name, spoken, only = '', mostMs } = column;
  const { wire } = spoken;
  const face = FACES[name]();
  for (const behaviour of behavioursOf(wire)) {
    if (!behaviour.name.includes(only)) continue;
    const short = await runCell(face, spoken, behaviour, server);
    yield { row: behaviour.name, wire, face: name, short };
  }
  face.close();
  for (const leaving of LEAVINGS) {
    const row = rowOf(leaving);
    if (leaving.face !== name || !row.includes(only)) continue;
    const closedAfterMs = await closesAfter(leaving, spoken, server);
    const isLate = closedAfterMs > mostMs;
    const short = isLate ? [`the connection was closed only after ${Math.round(closedAfterMs)} ms`] : [];
    yield { row, wire, face: name, short, closedAfterMs };
  }
}
