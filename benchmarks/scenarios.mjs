// What is measured: each scenario warms a candidate up, and gives one number. Runs in the candidate's process.
import { median } from './numbers.mjs';

const nothing = () => undefined;

const read = async ({ stream }, kind, chunks, first = nothing) => {
  const seen = await stream(`${kind}-${chunks}`, first);
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

/** CPU per chunk of one stream. */
const ofOneStream = (kind, chunks) => async (candidate) => {
  await times(5, () => read(candidate, kind, 2000));
  return cpuOf(chunks, () => read(candidate, kind, chunks));
};

const STREAMS = 200;
const CHUNKS = 500;
const REQUESTS = 2000;

/** By name: what it is, its unit, whether it needs answers side by side, and how it is measured. */
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
    what: 'one event a packet, 5,000 chunks',
    unit: 'µs CPU/chunk',
    measure: ofOneStream('packets', 5000),
  },
  'many-streams': {
    what: '200 streams of 500 chunks at once',
    unit: 'µs CPU/chunk',
    sideBySide: true,
    async measure(candidate) {
      const all = () => Promise.all(Array.from({ length: STREAMS }, () => read(candidate, 'plain', CHUNKS)));
      await all();
      return cpuOf(STREAMS * CHUNKS, all);
    },
  },
  'first-chunk': {
    what: 'time to the first chunk, warm',
    unit: 'ms',
    async measure(candidate) {
      await times(100, () => read(candidate, 'plain', 1));
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
      await times(300, whole);
      return cpuOf(REQUESTS, () => times(REQUESTS, whole));
    },
  },
};
