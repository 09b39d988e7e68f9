// `pnpm backpressure`: an endless answer and a slow reader; the service must wait, and memory must not grow.
import { AsyncClient, Client } from '@g4f/client';
import { readOptions } from '../command-line.ts';
import { OPTIONS } from '../faces.ts';
import { type FaultServer, startFaultServer } from '../fault-server.ts';

const HELP = `pnpm backpressure: reads an answer that never ends, 100 chunks a second, with both clients.

  --seconds <n>   for how long, after 2 s to begin; 10
  --help          this text

Exit code 1 if the memory of the process (RSS: both clients, the worker thread and the service) grew by 10 MB or more.`;

const options = readOptions(HELP, { seconds: { type: 'string', default: '10' } });
const seconds = Number(options.seconds);
if (!(seconds > 0)) options.refuse(`--seconds must be a number above 0; it is ${options.seconds}`);

const CHUNK_MS = 10;
const BEGIN_S = 2;
const MOST_BYTES = 10_000_000;

interface Growth {
  readonly chunks: number;
  /** Bytes. */
  readonly rss: number;
  readonly sent: number;
}

const server = await startFaultServer();
const params = {
  model: 'm',
  messages: 'hi',
  provider: 'openai',
  baseURL: `${server.url}/endless`,
  stream: true,
} as const;

const asleep = new Int32Array(new SharedArrayBuffer(4));
const block = (): void => void Atomics.wait(asleep, 0, 0, CHUNK_MS);
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, CHUNK_MS));

/** Takes chunks at the reader's pace, and tells what grew meanwhile. */
async function readSlowly(next: () => Promise<void> | void, from: FaultServer): Promise<Growth> {
  const turns = (s: number): number => Math.round((s * 1000) / CHUNK_MS);
  for (let turn = 0; turn < turns(BEGIN_S); turn++) await next();
  const before = { rss: process.memoryUsage.rss(), sent: (await from.counts()).bytesSent };
  for (let turn = 0; turn < turns(seconds); turn++) await next();
  const { bytesSent } = await from.counts();
  return {
    chunks: turns(seconds),
    rss: process.memoryUsage.rss() - before.rss,
    sent: bytesSent - before.sent,
  };
}

async function withAsyncClient(): Promise<Growth> {
  const stream = new AsyncClient(OPTIONS).chat.completions.create(params);
  const growth = await readSlowly(async () => {
    await stream.next();
    await rest();
  }, server);
  stream.abort();
  return growth;
}

async function withClient(): Promise<Growth> {
  const client = new Client(OPTIONS);
  const stream = client.chat.completions.create(params);
  const growth = await readSlowly(() => {
    stream.next();
    block();
  }, server);
  client.close();
  return growth;
}

const mb = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
let isFlat = true;
for (const [name, read] of [['AsyncClient', withAsyncClient] as const, ['Client', withClient] as const]) {
  const { chunks, rss, sent } = await read();
  isFlat &&= rss < MOST_BYTES;
  console.log(
    `${name.padEnd(11)}  ${chunks} chunks read, ${mb(sent)} MB sent by the service, memory grew by ${mb(rss)} MB`,
  );
}
await server.stop();
process.exitCode = isFlat ? 0 : 1;
