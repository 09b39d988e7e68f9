// `npm run faults`: runs the table of what happens when things go wrong, prints it, and says where it fell short.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { readOptions } from '../command-line.ts';
import { FACE_NAMES } from '../faces.ts';
import { startFaultServer } from '../fault-server.ts';
import { WIRES } from '../wires.ts';
import { asText, withTable } from './page.ts';
import { type Cell, rowNames, runColumn } from './table.ts';

const HELP = `npm run faults: asks a misbehaving service on every wire, with all clients, and checks what the reader gets.

  --wire <name>   only this wire: ${WIRES.map(({ wire }) => wire).join(', ')}
  --only <text>   only rows whose name holds this
  --most <ms>     how long a connection may stay open after its reader left; 50
  --list          the names of the rows
  --write         writes the table into docs/reliability.md
  --help          this text

A cell is A (AsyncClient), C (Client), M (AsyncClient of @g4f/client/mini), or several; ! stands before one that fell short. Exit code 1 if any did.`;

const PAGE = fileURLToPath(new URL('../../../docs/reliability.md', import.meta.url));

const options = readOptions(HELP, {
  wire: { type: 'string' },
  only: { type: 'string', default: '' },
  most: { type: 'string', default: '50' },
  list: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
});
const wires = WIRES.filter(({ wire }) => options.wire === undefined || options.wire === wire);
const rows = rowNames(options.only);
const mostMs = Number(options.most);
if (wires.length === 0)
  options.refuse(`there is no wire ${options.wire}; there are ${WIRES.map(({ wire }) => wire).join(', ')}`);
if (rows.length === 0) options.refuse(`no row has "${options.only}" in its name; --list tells them all`);
if (!(mostMs > 0)) options.refuse(`--most must be a number of ms above 0; it is ${options.most}`);
if (options.write && (options.wire !== undefined || options.only !== ''))
  options.refuse('--write needs the whole table, without --wire and --only');

if (options.list) console.log(rows.join('\n'));
else process.exitCode = await run();

async function run(): Promise<number> {
  const cells: Cell[] = [];
  const server = await startFaultServer();
  await server.counts();
  for (const face of FACE_NAMES) {
    for (const spoken of wires) {
      const column = { face, spoken, only: options.only, mostMs };
      for await (const cell of runColumn(column, server)) {
        cells.push(cell);
        progress(`${face}, ${spoken.wire}: ${cell.row}`);
      }
    }
  }
  progress('');
  await server.stop();
  console.log(asText(cells).join('\n'));
  const short = cells.filter((cell) => cell.short.length > 0);
  for (const cell of short)
    console.log(styleText('red', `${cell.row}, ${cell.wire}, ${cell.face}: ${cell.short.join('; ')}`));
  const closed = cells.flatMap(({ closedAfterMs }) => closedAfterMs ?? []);
  const slowest =
    closed.length > 0 ? ` Slowest close after a reader left: ${Math.round(Math.max(...closed))} ms.` : '';
  console.log(`\n${cells.length - short.length} of ${cells.length} cells hold.${slowest}`);
  if (options.write) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), cells));
  return short.length > 0 ? 1 : 0;
}

/** Where somebody watches: one line that is written over. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
}
