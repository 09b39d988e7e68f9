// `npm run backpressure`: an endless answer and a slow reader; the service must wait, and memory must not grow.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../command-line.ts';
import { startFaultServer } from '../fault-server.ts';
import { measure, READERS } from './measure.ts';

const HELP = `npm run backpressure: reads an answer that never ends, 100 chunks a second, with each client in a process of its own.

  --client <name>  only this one: ${Object.keys(READERS).join(', ')}
  --seconds <n>    for how long, after 2 s to begin; 10
  --help           this text

Exit code 1 if the memory of a process (RSS: the client, its worker and the service) grew by 10 MB or more, or if the
service could send more than 2 MB meanwhile: it should wait for the reader.`;

const MOST_MEMORY = 10_000_000;
const MOST_SENT = 2_000_000;

const options = readOptions(HELP, { client: { type: 'string' }, seconds: { type: 'string', default: '10' } });
const seconds = Number(options.seconds);
if (!(seconds > 0)) options.refuse(`--seconds must be a number above 0; it is ${options.seconds}`);
const reader = Object.entries(READERS).find(([name]) => name === options.client)?.[1];
if (options.client !== undefined && reader === undefined)
  options.refuse(`there is no client ${options.client}; there are ${Object.keys(READERS).join(', ')}`);

if (reader === undefined) {
  const run = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));
  const given = ['../reliability/src/backpressure/main', '--seconds', options.seconds];
  const codes = Object.keys(READERS).map(
    (name) => spawnSync(process.execPath, [run, ...given, '--client', name], { stdio: 'inherit' }).status,
  );
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
} else {
  const server = await startFaultServer();
  const { chunks, memory, sent } = await measure(reader, server, seconds);
  await server.stop();
  const mb = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  console.log(
    `${String(options.client).padEnd(11)}  ${chunks} chunks read, ${mb(sent)} MB sent by the service, memory grew by ${mb(memory)} MB`,
  );
  process.exitCode = memory < MOST_MEMORY && sent < MOST_SENT ? 0 : 1;
}
