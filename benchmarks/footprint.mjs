// What a package costs before it does anything: import, installed size, bundle, and the compiler's work on its types.
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, defaultServerConditions } from 'vite';
import { CANDIDATES } from './candidates.mjs';
import { startUpstream } from './measure.mjs';
import { PEERS_FOLDER } from './peers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

/** Everything, of whoever is present. */
export const measureFootprint = async (candidates, runs) => ({
  imports: await measureImports(candidates, runs),
  installed: measureSize(),
  bundles: await measureBundles(peersOf(candidates)),
  rows: await measureRows(runs),
  instantiations: await countInstantiations(),
});

/** The package of each candidate that is a peer. */
const peersOf = (candidates) => candidates.flatMap((name) => (CANDIDATES[name].peers ?? []).slice(0, 1));

/** Times of imports in fresh processes, in ms, and the heap that they take, in MB. */
export const measureImports = async (candidates, runs) => {
  const ours = ['undici', '@g4f/client', '@g4f/client/mini'].map((name) => [name, here]);
  const targets = [...ours, ...peersOf(candidates).map((name) => [name, PEERS_FOLDER])];
  const results = Object.fromEntries(targets.map(([name]) => [name, { ms: [], heapMB: [] }]));
  for (let i = 0; i < runs; i++) {
    for (const [name, cwd] of targets) {
      const code = `const heap = process.memoryUsage().heapUsed; const began = performance.now();
        await import(${JSON.stringify(name)});
        console.log(performance.now() - began, (process.memoryUsage().heapUsed - heap) / 1e6);`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd });
      const [ms, heapMB] = stdout.split(' ').map(Number);
      results[name].ms.push(ms);
      results[name].heapMB.push(heapMB);
    }
  }
  return results;
};

const PUBLISHED = ['dist', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** Bytes of a package as it is published: of ours only what is, of a foreign one all. */
const bytesIn = (path, ours) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && (!ours || PUBLISHED.includes(name)))
    .reduce((sum, name) => sum + bytesIn(join(path, name), false), 0);
};

/** Bytes of `@g4f/client` and all it brings, by package. */
const measureSize = () => {
  const client = realpathSync(join(here, 'node_modules/@g4f/client'));
  const providers = realpathSync(join(client, 'node_modules/@g4f/providers'));
  return {
    '@g4f/client': bytesIn(client, true),
    '@g4f/providers': bytesIn(providers, true),
    '@g4f/core': bytesIn(realpathSync(join(client, 'node_modules/@g4f/core')), true),
    zod: bytesIn(realpathSync(join(client, 'node_modules/zod')), false),
    undici: bytesIn(realpathSync(join(providers, 'node_modules/undici')), false),
  };
};

/** A program with one streamed call by each: what a bundler is given. Its folder is where its packages are. */
const PROGRAMS = {
  '@g4f/client': {
    folder: here,
    code: `import { AsyncClient } from '@g4f/client';
import groq from '@g4f/providers/groq';
const client = new AsyncClient({ provider: groq });
for await (const chunk of client.chat.completions.create({ model: 'x', messages: 'hi', stream: true })) console.log(chunk);`,
  },
  '@g4f/client/mini': {
    folder: here,
    code: `import { AsyncClient } from '@g4f/client/mini';
import groq from '@g4f/providers/groq';
const client = new AsyncClient({ provider: groq });
for await (const chunk of client.chat.completions.create({ model: 'x', messages: 'hi', stream: true })) console.log(chunk);`,
  },
  openai: {
    folder: PEERS_FOLDER,
    code: `import OpenAI from 'openai';
const stream = await new OpenAI().chat.completions.create({ model: 'x', messages: [{ role: 'user', content: 'hi' }], stream: true });
for await (const chunk of stream) console.log(chunk);`,
  },
  ai: {
    folder: PEERS_FOLDER,
    code: `import { streamText } from 'ai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
const service = createOpenAICompatible({ name: 'x', baseURL: 'https://x.test/v1' });
for await (const text of streamText({ model: service('x'), prompt: 'hi' }).textStream) console.log(text);`,
  },
  '@langchain/openai': {
    folder: PEERS_FOLDER,
    code: `import { ChatOpenAI } from '@langchain/openai';
for await (const chunk of await new ChatOpenAI({ model: 'x' }).stream('hi')) console.log(chunk);`,
  },
  '@tanstack/ai': {
    folder: PEERS_FOLDER,
    code: `import { chat } from '@tanstack/ai';
import { openaiCompatible } from '@tanstack/ai-openai/compatible';
const adapter = openaiCompatible({ baseURL: 'https://x.test/v1', apiKey: 'x', models: ['x'] })('x');
for await (const event of chat({ adapter, messages: [{ role: 'user', content: 'hi' }] })) console.log(event);`,
  },
};

/** Bytes of each program that can be built, by package: minified, undici left out, and gzipped. */
const measureBundles = async (peers) => {
  const names = Object.keys(PROGRAMS).filter((name) => name.startsWith('@g4f/') || peers.includes(name));
  const bundles = {};
  for (const name of names) bundles[name] = await measureBundle(name);
  return bundles;
};

/** All of a program in one file: also what it would load only later, if ever. @returns bytes of it, and gzipped */
export const measureBundle = async (name) => {
  const [{ code }] = await bundle(name);
  return { bytes: Buffer.byteLength(code), gzipped: gzipSync(code).length };
};

/**
 * What one streamed chat loads of a bundle that may be split: the files are run, and those that V8 has seen are counted.
 * @returns bytes of them, gzipped together: how they are cut into files does not count
 */
export const measureLoaded = async (name) => {
  const place = mkdtempSync(join(here, '.bundle-'));
  const { baseURL, stop } = await startUpstream();
  try {
    const chunks = await bundle(name, { code: chatAt(name, baseURL), codeSplitting: true });
    for (const { fileName, code } of chunks) {
      mkdirSync(dirname(join(place, fileName)), { recursive: true });
      writeFileSync(join(place, fileName), code);
    }
    const seen = join(place, 'seen');
    const { stdout } = await run(process.execPath, [join(place, chunks[0].fileName)], {
      env: { ...process.env, NODE_V8_COVERAGE: seen },
    });
    if (!stdout.includes('chunk')) throw new Error(`the bundle of ${name} gave no chunk`);
    const text = readdirSync(seen)
      .map((file) => readFileSync(join(seen, file), 'utf8'))
      .join('\n');
    const loaded = chunks.filter(({ fileName }) => text.includes(pathToFileURL(join(place, fileName)).href));
    return gzipSync(loaded.map(({ code }) => code).join('\n')).length;
  } finally {
    stop();
    rmSync(place, { recursive: true });
  }
};

/** A program that asks the upstream, and tells of each chunk. */
const chatAt = (name, baseURL) => `import { AsyncClient } from ${JSON.stringify(name)};
import groq from '@g4f/providers/groq';
const client = new AsyncClient({ provider: groq, apiKey: 'k', baseURL: ${JSON.stringify(baseURL)} });
for await (const chunk of client.chat.completions.create({ model: 'plain-10', messages: 'hi', stream: true })) console.log(chunk.object);`;

/** The files, the entry first: minified and without undici, each with its modules. @param conditions by which packages are resolved, besides the usual. */
export const bundle = async (
  name,
  { conditions = [], code = PROGRAMS[name].code, codeSplitting = false } = {},
) => {
  const place = mkdtempSync(join(PROGRAMS[name].folder, '.bundle-'));
  try {
    const entry = join(place, 'entry.js');
    writeFileSync(entry, code);
    const { output } = await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        minify: true,
        ssr: entry,
        target: 'node20',
        rollupOptions: { external: [/^undici/, /^node:/], output: { codeSplitting } },
      },
      ssr: { noExternal: true, resolve: { conditions: [...conditions, ...defaultServerConditions] } },
    });
    return output;
  } finally {
    rmSync(place, { recursive: true });
  }
};

/** CPU of a process up to its first chunk, in ms, with 60 providers more than there are, given as rows, and without. */
const measureRows = async (runs) => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-bench-'));
  const file = join(folder, 'backends.json');
  const row = (id) => ({ id, wire: 'openai-chat', baseURL: `https://${id}.test/v1`, models: { [id]: id } });
  writeFileSync(file, JSON.stringify({ backends: Array.from({ length: 60 }, (_, i) => row(`more-${i}`)) }));
  const { baseURL, stop } = await startUpstream();
  const cold = async (env) => {
    const args = [join(here, 'candidate.mjs'), 'async-client', 'cold', baseURL];
    return Number((await run(process.execPath, args, { env: { ...process.env, ...env } })).stdout);
  };
  const ms = { without: [], with: [] };
  for (let i = 0; i < runs; i++) {
    ms.without.push(await cold({}));
    ms.with.push(await cold({ G4F_CONFIG: file }));
  }
  stop();
  rmSync(folder, { recursive: true });
  return ms;
};

const TYPED = `import { AsyncClient } from '@g4f/client';
const stream = new AsyncClient().chat.completions.create({ model: 'gpt-4', messages: 'hi', stream: true });
export const words = async () => {
  for await (const chunk of stream) console.log(chunk.choices[0]?.delta.content);
};
`;

/** The same with one tool of Zod, whose arguments are typed by its schema. */
const WITH_A_TOOL = `import { AsyncClient, tool } from '@g4f/client';
import * as z from 'zod';
const weather = tool({ name: 'weather', parameters: z.object({ city: z.string() }), execute: ({ city }) => city.length });
const run = await new AsyncClient().chat.completions.runTools({ model: 'gpt-5.4', messages: 'Hi', tools: [weather] });
console.log(run.message.content);
`;

/** How often TypeScript makes a type out of a generic one to check a program with one call, its libraries included. */
export const countInstantiations = () => instantiationsOf(TYPED);

/** The same of a program with one tool. */
export const countWithTool = () => instantiationsOf(WITH_A_TOOL);

const instantiationsOf = async (program) => {
  const folder = mkdtempSync(join(here, '.types-'));
  try {
    writeFileSync(join(folder, 'program.ts'), program);
    const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node';
    const tsc = join(here, '../node_modules/typescript7/bin/tsc');
    const args = [tsc, ...options.split(' '), '--extendedDiagnostics', join(folder, 'program.ts')];
    const { stdout } = await run(process.execPath, args, { cwd: join(here, '..') });
    return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
