// What is measured: each scenario warms a candidate up, and gives one number. Runs in the candidate's process.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from './numbers.mjs';

const HI = [{ role: 'user', content: 'hi' }];
const nothing = () => undefined;

const read = async ({ stream }, kind, chunks, first = nothing) => {
  const seen = await stream(`${kind}-${chunks}`, HI, first);
  if (seen !== chunks) throw new Error(`${seen} of ${chunks} chunks were read`);
};

/** CPU of all threads of this process, in µs, for one of `parts`. */
const cpuOf = async (parts, work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / parts;
};

const times = async (count, work) => {
  for (let i = 0; i < count; i++) await work();
};

const atOnce = (count, work) => Promise.all(Array.from({ length: count }, work));

/** CPU per chunk of one stream. */
const ofOneStream = (kind, chunks) => async (candidate) => {
  await times(10, () => read(candidate, kind, 2000));
  return cpuOf(chunks, () => read(candidate, kind, chunks));
};

/** CPU per chunk of many at once. @param again how often all that is measured is done before, to the full. */
const ofManyStreams = (streams, chunks, { withPeers = false, again } = {}) => ({
  what: `${streams.toLocaleString('en')} streams of ${chunks.toLocaleString('en')} chunks at once${again === undefined ? '' : `, after ${again} times the same`}`,
  unit: 'µs CPU/chunk',
  sideBySide: true,
  withPeers,
  async measure(candidate) {
    await times(400 / streams, () => atOnce(streams, () => read(candidate, 'plain', 50)));
    await times(again ?? Math.max(1, 20_000 / streams / chunks), () =>
      atOnce(streams, () => read(candidate, 'plain', chunks)),
    );
    return cpuOf(streams * chunks, () => atOnce(streams, () => read(candidate, 'plain', chunks)));
  },
});

/** CPU of one question, in ms. @param ask makes its messages, which would weigh on the collector in all other scenarios. */
const ofQuestion = (ask) => async (candidate) => {
  const messages = ask();
  await times(3, () => candidate.whole('plain-1', messages));
  return (await cpuOf(5, () => times(5, () => candidate.whole('plain-1', messages)))) / 1000;
};

/** The garbage is collected first, all of it. */
const memory = async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  for (let i = 0; i < 5; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const OPEN = 500;
const REQUESTS = 2000;
/** By then V8 has compiled what requests run: nearly all of that is in the first 3,000, and each of those costs several times as much. */
const WARM_UP = 5000;
const MIB = 1024 * 1024;

/**
 * By name: what it is, its unit, whether it needs answers side by side, whether peers take part (all unless it is false:
 * where they would need minutes), and how it is measured. Less is better.
 */
export const SCENARIOS = {
  'one-stream': {
    what: 'one stream of 50,000 chunks',
    unit: 'µs CPU/chunk',
    measure: ofOneStream('plain', 50_000),
  },
  varying: {
    what: 'the same, with fields that vary in every chunk',
    unit: 'µs CPU/chunk',
    measure: ofOneStream('varying', 50_000),
  },
  packets: {
    what: 'one event a packet, 20,000 chunks',
    unit: 'µs CPU/chunk',
    measure: ofOneStream('packets', 20_000),
  },
  'streams-10': ofManyStreams(10, 5000),
  'streams-100': ofManyStreams(100, 500),
  'many-streams': ofManyStreams(200, 500, { withPeers: true }),
  'many-streams-again': ofManyStreams(200, 500, { again: 20 }),
  'streams-1000': ofManyStreams(1000, 500),
  'first-chunk': {
    what: 'first chunk, warm',
    unit: 'ms',
    async measure(candidate) {
      await times(WARM_UP, () => read(candidate, 'plain', 1));
      const firsts = [];
      await times(300, async () => {
        const began = performance.now();
        await read(candidate, 'plain', 1, () => firsts.push(performance.now() - began));
      });
      return median(firsts);
    },
  },
  whole: {
    what: 'answers in one piece, 2,000 requests',
    unit: 'µs CPU/request',
    async measure({ whole }) {
      await times(WARM_UP, () => whole('plain-1', HI));
      return cpuOf(REQUESTS, () => times(REQUESTS, () => whole('plain-1', HI)));
    },
  },
  cold: {
    what: 'first chunk of a new process',
    unit: 'ms CPU',
    async measure(candidate) {
      let micros = 0;
      await read(candidate, 'plain', 1, () => {
        const { user, system } = process.cpuUsage();
        micros = user + system;
      });
      return micros / 1000;
    },
  },
  'idle-memory': {
    what: 'memory of an open stream that is silent',
    unit: 'KB',
    sideBySide: true,
    async measure(candidate) {
      await times(50, () => read(candidate, 'plain', 1));
      const before = await memory();
      await atOnce(OPEN, () => new Promise((resolve) => void candidate.stream('idle-1', HI, resolve)));
      return ((await memory()) - before) / OPEN / 1000;
    },
  },
  'big-event': {
    what: 'one event of 8 MiB',
    unit: 's',
    async measure(candidate) {
      await times(3, () => read(candidate, 'plain', 100));
      const began = performance.now();
      await read(candidate, 'big', 1);
      return (performance.now() - began) / 1000;
    },
  },
  'long-prompt': {
    what: 'a question of 100,000 messages',
    unit: 'ms CPU',
    measure: ofQuestion(() =>
      Array.from({ length: 100_000 }, (_, i) => ({
        role: i % 2 ? 'assistant' : 'user',
        content: `message ${i}`,
      })),
    ),
  },
  'big-prompt': {
    what: 'a question of 10 MiB',
    unit: 'ms CPU',
    measure: ofQuestion(() => [{ role: 'user', content: 'a question '.repeat((10 * MIB) / 11) }]),
  },
};
