// A reader who takes 100 chunks a second of an answer that never ends, and what grows meanwhile.
import { AsyncClient, type CallOptions, Client } from '@g4f/client';
import { OPTIONS } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import { KEY } from '../verdict.ts';

const CHUNK_MS = 10;
const BEGIN_S = 2;

/** An endless answer that is being read. */
interface Reading {
  /** Takes one chunk, and rests; false if there was none. */
  take(): Promise<boolean> | boolean;
  close(): void;
}

const PARAMS = { model: 'm', messages: 'hi', stream: true } as const;
const optionsOf = (server: FaultServer): CallOptions => ({
  provider: 'openai',
  apiKey: KEY,
  baseURL: `${server.url}/endless`,
});

const asleep = new Int32Array(new SharedArrayBuffer(4));

/** How each client reads. */
export const READERS = {
  AsyncClient(server: FaultServer): Reading {
    const stream = new AsyncClient(OPTIONS).chat.completions.create(PARAMS, optionsOf(server));
    return {
      async take() {
        const { done } = await stream.next();
        await new Promise((resolve) => setTimeout(resolve, CHUNK_MS));
        return done !== true;
      },
      close: () => stream.abort(),
    };
  },
  Client(server: FaultServer): Reading {
    const client = new Client(OPTIONS);
    const stream = client.chat.completions.create(PARAMS, optionsOf(server));
    return {
      take() {
        const { done } = stream.next();
        Atomics.wait(asleep, 0, 0, CHUNK_MS);
        return done !== true;
      },
      close: () => client.close(),
    };
  },
} as const;

/** What grew after the first two seconds; `memory` and `sent` in bytes. */
export interface Growth {
  readonly chunks: number;
  readonly memory: number;
  readonly sent: number;
}

/** Reads for so many seconds. */
export const measure = async (
  read: (server: FaultServer) => Reading,
  server: FaultServer,
  seconds: number,
): Promise<Growth> => {
  const reading = read(server);
  const takeFor = async (ms: number): Promise<number> => {
    const until = performance.now() + ms;
    let chunks = 0;
    while (performance.now() < until) if (await reading.take()) chunks += 1;
    return chunks;
  };
  await takeFor(BEGIN_S * 1000);
  const memory = process.memoryUsage.rss();
  const { bytesSent } = await server.counts();
  const chunks = await takeFor(seconds * 1000);
  const growth = {
    chunks,
    memory: process.memoryUsage.rss() - memory,
    sent: (await server.counts()).bytesSent - bytesSent,
  };
  reading.close();
  return growth;
};
