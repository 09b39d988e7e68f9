// What is asked of a gateway, and what is measured of it: each gives one number.
import { Pool } from 'undici';
import { median } from '../numbers.mjs';

const STREAMS_AT_ONCE = 32;
const messages = [{ role: 'user', content: 'Hello' }];

/** A caller with connections of its own. `ask` gives the body of an answer, a stream of bytes. */
export const callerOf = ({ url, headers }, connections) => {
  const pool = new Pool(url, { connections, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  const ask = async (model, stream, signal) => {
    const body = JSON.stringify({ model, messages, stream });
    const path = '/v1/chat/completions';
    const answer = await pool.request({ path, method: 'POST', headers, body, signal });
    if (answer.statusCode !== 200)
      throw new Error(`${url} answered ${answer.statusCode}: ${(await answer.body.text()).slice(0, 200)}`);
    return answer.body;
  };
  return { ask, close: () => pool.destroy() };
};

const END = Buffer.from('[DONE]');

/** Reads a stream, and counts the events that have content. @throws Error if it has no good end */
export const countChunks = async (body, seen = () => undefined) => {
  let count = 0;
  let rest = '';
  let isComplete = false;
  for await (const bytes of body) {
    const lines = (rest + bytes).split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.includes('"content":"') && !line.includes('"content":""')) count += 1;
    isComplete ||= bytes.includes(END) || rest.includes('[DONE]');
    seen();
  }
  if (!isComplete) throw new Error(`a stream ended after ${count} chunks without [DONE]`);
  return count;
};

const times = async (count, work) => {
  for (let i = 0; i < count; i++) await work();
};
const sideBySide = (count, atOnce, work) => {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  return Promise.all(Array.from({ length: atOnce }, worker));
};

/** Median ms from the request to the first bytes of a stream, one after the other. */
const firstByte = async (gateway) => {
  const { ask, close } = callerOf(gateway, 1);
  const took = [];
  const once = async () => {
    const begin = performance.now();
    const body = await ask('plain-1', true);
    let first;
    await countChunks(body, () => {
      first ??= performance.now() - begin;
    });
    took.push(first);
  };
  await times(100, once);
  took.length = 0;
  await times(300, once);
  await close();
  return median(took);
};

/** CPU of the gateway for each whole answer, in µs. @param warm how many come before those that are counted */
const cpuOfRequest = (warm) => async (gateway) => {
  const counted = 2000;
  const { ask, close } = callerOf(gateway, STREAMS_AT_ONCE);
  const once = async () => (await ask('plain-1', false)).text();
  await sideBySide(warm, STREAMS_AT_ONCE, once);
  const before = await gateway.cpu();
  await sideBySide(counted, STREAMS_AT_ONCE, once);
  const after = await gateway.cpu();
  await close();
  return (after - before) / counted;
};

/** Chunks a second of streams side by side. @param kind how the upstream sends (upstream.mjs) */
const throughput = (kind, chunks, streams) => async (gateway) => {
  const { ask, close } = callerOf(gateway, STREAMS_AT_ONCE);
  const once = async () => {
    const seen = await countChunks(await ask(`${kind}-${chunks}`, true));
    if (seen !== chunks) throw new Error(`${seen} of ${chunks} chunks came through`);
  };
  await sideBySide(STREAMS_AT_ONCE, STREAMS_AT_ONCE, once);
  const begin = performance.now();
  await sideBySide(streams, STREAMS_AT_ONCE, once);
  const seconds = (performance.now() - begin) / 1000;
  await close();
  return (streams * chunks) / seconds;
};

/** By name. */
export const MEASURES = {
  'first-byte': { what: 'first bytes of a stream, median', unit: 'ms', measure: firstByte },
  cpu: { what: 'a whole answer', unit: 'µs CPU/request', measure: cpuOfRequest(500) },
  // V8 compiles for some thousands of requests, and a gateway runs for days.
  'warm-cpu': {
    what: 'a whole answer after 5,000 others',
    unit: 'µs CPU/request',
    measure: cpuOfRequest(5000),
  },
  streams: {
    what: `${STREAMS_AT_ONCE} streams at once, 64 events in each piece`,
    unit: 'chunks/s',
    measure: throughput('plain', 1000, 192),
  },
  packets: {
    what: `${STREAMS_AT_ONCE} streams at once, each event a packet`,
    unit: 'chunks/s',
    measure: throughput('packets', 200, 128),
  },
};
