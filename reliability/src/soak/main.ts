// `npm run soak`: a hundred thousand requests with random faults and random readers; nothing may hang, be wrong or be left over.
import { readOptions } from '../command-line.ts';
import { startFaultServer } from '../fault-server.ts';
import { progressLine } from '../progress.ts';
import { WIRES } from '../wires.ts';
import type { Counts } from './counts.ts';
import { soak } from './soak.ts';

const NAMES = WIRES.map(({ wire }) => wire).join(', ');
const HELP = `npm run soak: asks a misbehaving service many times, on all wires, each time with another fault and another reader.

  --requests <n>      how many; 100000
  --sync <n>          how many of them with Client, one after the other; 2 of 100
  --concurrency <n>   how many at once with AsyncClient; 100
  --seed <n>          the same seed asks the same; the time unless given
  --wire <name>       only this wire: ${NAMES}
  --help              this text

Exit code 1 if a request hung, an answer was wrong, or something was left over.`;

const options = readOptions(HELP, {
  requests: { type: 'string', default: '100000' },
  sync: { type: 'string' },
  concurrency: { type: 'string', default: '100' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  wire: { type: 'string' },
});
const numberOf = (
  name: 'requests' | 'sync' | 'concurrency' | 'seed',
  given: string,
  least: number,
): number => {
  const number = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isSafeInteger(number) && number >= least) return number;
  return options.refuse(`--${name} must be a whole number, ${least} or more; it is ${given || 'empty'}`);
};
const requests = numberOf('requests', options.requests, 1);
const sync = numberOf('sync', options.sync ?? String(Math.floor(requests / 50)), 0);
const concurrency = numberOf('concurrency', options.concurrency, 1);
const seed = numberOf('seed', options.seed, 0);
const wires = WIRES.filter(({ wire }) => options.wire === undefined || options.wire === wire);
if (wires.length === 0) options.refuse(`there is no wire ${options.wire}; there are ${NAMES}`);
if (sync > requests) options.refuse(`--sync must be at most --requests, ${requests}; it is ${sync}`);

const began = performance.now();
const server = await startFaultServer();
const show = progressLine('requests', requests);
/** Between two lines where nobody watches. */
const EVERY = 10_000;
const progress = (done: number): void => {
  show(done);
  if (!process.stderr.isTTY && done % EVERY === 0) console.error(`${done} of ${requests} requests`);
};
const report = await soak({ requests, sync, concurrency, seed, wires, progress }, server);
show.done();
await server.stop();
const seconds = ((performance.now() - began) / 1000).toFixed(0);

const { counts, examples, leaked, heapGrowth } = report;
const row = (name: string, cells: readonly (string | number)[]): string =>
  name.padEnd(12) + cells.map((cell) => String(cell).padStart(10)).join('');
const rowOf = (name: string, { delivered, failed, left, hung, wrong }: Counts): string =>
  row(name, [delivered, failed, left, hung, wrong]);
console.log(`${requests} requests, ${concurrency} at once, seed ${seed}, ${seconds} s`);
console.log(row('', ['delivered', 'failed', 'left', 'hung', 'wrong']));
console.log(rowOf('AsyncClient', counts.AsyncClient));
console.log(rowOf('Client', counts.Client));
console.log(`left over: ${leaked.length === 0 ? 'nothing' : leaked.join(', ')}`);
if (heapGrowth !== undefined)
  console.log(`heap: ${(heapGrowth / 1024 / 1024).toFixed(1)} MiB more than after the warm-up`);
for (const line of examples) console.log(line);
const bad = [counts.AsyncClient, counts.Client].reduce((sum, { hung, wrong }) => sum + hung + wrong, 0);
process.exitCode = bad + leaked.length > 0 ? 1 : 0;
