// What the bytes of a small program are for: `node benchmarks/weight.mjs`. One streamed call by @g4f/client/mini to one backend,
// in one file, minified and gzipped; each module counts by its share of what all weigh when they are gzipped one by one.
import { gzipSync } from 'node:zlib';
import { bundle } from './footprint.mjs';

/** The first that fits a module's path. */
const ROOMS = [
  [
    'saying what went wrong, and what to do',
    /errors|redact|http\/(failure|service-error|network-failure|retry-after|excerpt)/,
  ],
  [
    'sending: pools, proxies, compressed answers',
    /http\/(send|transport|exchange|content-encoding|hold-process)/,
  ],
  ['reading: bytes to payloads, cut streams, limits', /providers\/src\/(http|later-batches)/],
  ['the wire: requests, events, thoughts, tool calls, usage', /wires\/(?!model-list)/],
  ['the backend: address, key, models', /providers\/src/],
  ['chunks and whole answers', /core\/src/],
  [
    'options, checked',
    /client\/src\/(mini\/mini-settings|check-option|limits|pick-option|part-params|quote|backend)/,
  ],
  ['deadlines, retries, leaving, and who answered', /client\/src/],
  ['the rest', /(?:)/],
];

const { code, modules } = await bundle('@g4f/client/mini', ['@g4f/source']);
const total = gzipSync(code).length;
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\n\s*/g, '\n');
const weights = new Map(ROOMS.map(([room]) => [room, 0]));
for (const [path, { code: text }] of Object.entries(modules)) {
  const [room] = ROOMS.find(([, fits]) => fits.test(path));
  weights.set(room, weights.get(room) + gzipSync(withoutComments(text ?? '')).length);
}
const all = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
for (const [room, bytes] of [...weights].sort(([, a], [, b]) => b - a))
  console.log(`${(((bytes / all) * total) / 1000).toFixed(1).padStart(5)} KB  ${room}`);
console.log(`${(total / 1000).toFixed(1).padStart(5)} KB  in all`);
