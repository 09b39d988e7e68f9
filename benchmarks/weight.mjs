// What the bytes of a small program are for: `node benchmarks/weight.mjs`. One streamed call by @g4f/client/mini to one provider,
// in one file, minified and gzipped; each module counts by its share of what all weigh when they are gzipped one by one.
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { bundle } from './footprint.mjs';
import { takeNone } from './own-args.mjs';

takeNone('node benchmarks/weight.mjs tells what the bytes of a small program are for, by room.');

/** The first that fits a module's path. */
const ROOMS = [
  [
    'saying what went wrong, and what to do',
    /core\/src\/(errors|redact|secret-forms|key-shapes|cause)|providers\/src\/http\/failures\/|client\/src\/(errors\/|failover\/(no-provider-error|advice))/,
  ],
  ['sending: pools, proxies, compressed answers', /providers\/src\/http\/transport\//],
  ['reading: bytes to payloads, cut streams, limits', /providers\/src\/http\//],
  ['what services refuse in a question, put right before it is sent', /providers\/src\/wires\/fit\//],
  ['the wire: requests, events, thoughts, tool calls, usage', /providers\/src\/wires\//],
  ['the provider: address, key, models', /providers\/src\//],
  ['chunks and whole answers', /core\/src\/|client\/src\/streams\//],
  ['options and parameters, checked', /client\/src\/(options|chat|mini)\//],
  ['deadlines, retries, leaving, and who answered', /client\/src\//],
  ['the rest', /(?:)/],
];

const inKB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(5)} KB`;

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\n\s*/g, '\n');

/** Where texts stand in a program: longer ones than names. */
const textsIn = (node) => {
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, start, end } = node;
  if (type === 'Literal' && typeof value === 'string' && value.length >= 16) return [[start + 1, end - 1]];
  if (type === 'TemplateElement' && end - start >= 8) return [[start, end]];
  return Object.values(node).flatMap(textsIn);
};

const withoutTexts = (program) =>
  textsIn(parseAst(program))
    .sort(([a], [b]) => b - a)
    .reduce((left, [start, end]) => left.slice(0, start) + left.slice(end), program);

const [{ code, modules }] = await bundle('@g4f/client/mini', { conditions: ['@g4f/source'] });
const total = gzipSync(code).length;
const weights = new Map(ROOMS.map(([room]) => [room, 0]));
for (const [path, { code: text }] of Object.entries(modules)) {
  const [room] = ROOMS.find(([, fits]) => fits.test(path));
  weights.set(room, weights.get(room) + gzipSync(withoutComments(text ?? '')).length);
}
const all = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
for (const [room, bytes] of [...weights].sort(([, a], [, b]) => b - a))
  console.log(`${inKB((bytes / all) * total)}  ${room}`);
console.log(`${inKB(total)}  in all`);
console.log(`${inKB(gzipSync(withoutTexts(code)).length)}  the same without the texts of its errors`);
