// Where the CPU of a streamed chunk goes, by room of the house: `node benchmarks/where.mjs`. One stream, sampled once it is warm.
import { Session } from 'node:inspector/promises';
import { open } from './candidates/async-client.mjs';
import { startUpstream } from './measure.mjs';
import { takeNone } from './own-args.mjs';

takeNone('node benchmarks/where.mjs tells where the CPU of a streamed chunk goes, by room.');

const CHUNKS = 400_000;
const EVERY_US = 100;
const HI = [{ role: 'user', content: 'hi' }];

/** The first that fits. */
const ROOMS = [
  ['waiting', ({ functionName }) => functionName === '(idle)'],
  ['collecting garbage', ({ functionName }) => functionName === '(garbage collector)'],
  ["the reader's own loop", ({ url }) => url.includes('benchmarks/candidates')],
  ['@g4f/client', ({ url }) => url.includes('packages/client/')],
  ['@g4f/core (grammar, chunks)', ({ url }) => url.includes('packages/core/')],
  ['@g4f/providers (bytes, events, JSON)', ({ url }) => url.includes('packages/providers/')],
  ['undici', ({ url }) => url.includes('undici') || url.startsWith('wasm:')],
  ['Node and the kernel', () => true],
];

const { baseURL, stop } = await startUpstream();
const { stream } = open(baseURL);
for (let i = 0; i < 3; i++) await stream(`plain-${CHUNKS / 4}`, HI, () => undefined);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: EVERY_US });
await session.post('Profiler.start');
await stream(`plain-${CHUNKS}`, HI, () => undefined);
const { profile } = await session.post('Profiler.stop');
stop();

const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
const micros = new Map(ROOMS.map(([room]) => [room, 0]));
profile.samples.forEach((id, at) => {
  const [room] = ROOMS.find(([, fits]) => fits(frames.get(id)));
  micros.set(room, micros.get(room) + profile.timeDeltas[at]);
});
micros.delete('waiting');
const total = [...micros.values()].reduce((sum, us) => sum + us, 0);
for (const [room, us] of [...micros].sort(([, a], [, b]) => b - a))
  console.log(
    `${((us / total) * 100).toFixed(0).padStart(4)} %  ${(us / CHUNKS).toFixed(2)} µs/chunk  ${room}`,
  );
process.exit();
