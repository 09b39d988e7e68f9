// The table as text: for a terminal, and for the page of the documentation.
import type { Expected } from '@g4f/testing';
import { WIRES } from '../wires.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { LEAVINGS } from './leaving.ts';
import { type Cell, rowOf } from './table.ts';

const MARKS: Readonly<Record<Cell['face'], string>> = { AsyncClient: 'A', Client: 'C', mini: 'M' };

/** The cells of one row on one wire: `A C M` where all clients do what they must, `!` before one that does not. */
const marksOf = (cells: readonly Cell[], row: string, wire: string): string =>
  cells
    .filter((cell) => cell.row === row && cell.wire === wire)
    .map(({ face, short }) => `${short.length > 0 ? '!' : ''}${MARKS[face]}`)
    .join(' ');

/** Lines for a terminal: a row each, a column for each wire. */
export const asText = (cells: readonly Cell[]): readonly string[] => {
  const rows = [...new Set(cells.map(({ row }) => row))];
  const widest = Math.max(0, ...rows.map((row) => row.length));
  const line = (name: string, columns: readonly string[]): string =>
    `${name.padEnd(widest)}  ${columns.map((text) => text.padEnd(18)).join(' ')}`.trimEnd();
  const wires = WIRES.map(({ wire }) => wire);
  return [
    line('', wires),
    ...rows.map((row) =>
      line(
        row,
        wires.map((wire) => marksOf(cells, row, wire)),
      ),
    ),
  ];
};

/** What the reader gets, in words. */
const inWords = ({ end, phase, text }: Expected): string => {
  if (text === undefined) return 'all of it, until they leave';
  if (end === 'complete') return 'the whole answer';
  const failure =
    phase === undefined ? end.map((code) => `\`${code}\``).join(' or ') : `\`timeout\` (${phase})`;
  return text === '' ? failure : `what came, then ${failure}`;
};

const HEAD = `| what happens | what the reader gets | ${WIRES.map(({ wire }) => wire).join(' | ')} |
|---|---|${WIRES.map(() => ':-:|').join('')}`;

/** The table in markdown. */
const asMarkdown = (cells: readonly Cell[]): string => {
  const line = (row: string, what: string, gets: string): string =>
    `| ${what} | ${gets} | ${WIRES.map(({ wire }) => marksOf(cells, row, wire) || '–').join(' | ')} |`;
  const leavings = new Map(LEAVINGS.map((leaving) => [rowOf(leaving), leaving]));
  return [
    HEAD,
    ...BEHAVIOURS.map(({ name, does, expected }) => line(name, `The service ${does}.`, inWords(expected))),
    ...[...leavings].map(([row, { name, moment }]) =>
      line(row, `The reader leaves ${moment}, by ${name}.`, 'the connection closed'),
    ),
  ].join('\n');
};

const BEGIN = '<!-- The table below is written by `npm run faults -- --write`. -->\n';
const END = '\n<!-- End of the table. -->';

/** The page with its table replaced. @throws Error if the page has no place for it. */
export const withTable = (page: string, cells: readonly Cell[]): string => {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`the page has no place for the table: ${BEGIN}…${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n${asMarkdown(cells)}\n${page.slice(end)}`;
};
