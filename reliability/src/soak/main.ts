// `pnpm soak`: a hundred thousand requests with random faults and random readers; nothing may hang, be wrong or be left over.
import { readOptions } from '../command-line.ts';
import { startFaultServer } from '../fault-server.ts';
import { progressLine } from '../progress.ts';
import { soak } from './soak.ts';

const HELP = `pnpm soak: asks a misbehaving service many times, on all wires, each time with another fault and another reader.

  --requests <n>      how many; 100000
  --concurrency <n>   how many at once; 100
  --seed <n>          the same seed asks the same; the time unless given
  --help              this text

Exit code 1 if a request hung, an answer was wrong, or something was left over.`;

const options = readOptions(HELP, {
  requests: { type: 'string', default: '100000' },
  concurrency: { type: 'string', default: '100' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
});
const numberOf = (name: 'requests' | 'concurrency' | 'seed', least: number): number => {
  const number = Number(options[name]);
  if (Number.isInteger(number) && number >= least) return number;
  return options.refuse(`--${name} must be a whole number, ${least} or more; it is ${options[name]}`);
};
const requests = numberOf('requests', 1);
const concurrency = numberOf('concurrency', 1);
const seed = numberOf('seed', 0);

const began = performance.now();
const server = await startFaultServer();
const show = progressLine('requests', requests);
const { examples, leaked, heapGrowth, ...counts } = await soak(
  { requests, concurrency, seed, progress: show },
  server,
);
show.done();
await server.stop();
const seconds = (performance.now() - began) / 1000;
console.log(`${requests} requests, ${concurrency} at once, seed ${seed}, ${seconds.toFixed(0)} s`);
console.log(
  Object.entries({ ...counts, leaked: leaked.length })
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
);
console.log(
  `heap after the run: ${(heapGrowth / 1024 / 1024).toFixed(1)} MiB more than after the first 500 requests`,
);
for (const line of [...examples, ...leaked]) console.log(line);
process.exitCode = counts.hung + counts.wrong + leaked.length > 0 ? 1 : 0;
