// What an answer costs beside a bare undici.request loop: CPU per chunk, first chunk, import time, installed size.
// Candidates take turns (A B C A B C …), each run in a process of its own; medians count, and ratios of one run.
// Usage: npm run bench -- [--runs N] [--chunks N]
import { execFile, spawn } from 'node:child_process';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, chunks: { type: 'string', default: '50000' } },
});
const runs = Number(values.runs);
const candidates = ['undici-request', 'async-client', 'client'];

const startUpstream = async () => {
  const child = spawn(process.execPath, [join(here, 'upstream.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await new Promise((resolve) => child.stdout.once('data', (data) => resolve([Number(data)])));
  return { baseURL: `http://127.0.0.1:${port}/v1`, stop: () => child.kill() };
};

const measureStreams = async () => {
  const { baseURL, stop } = await startUpstream();
  const figures = Object.fromEntries(candidates.map((name) => [name, { cpuPerChunk: [], firstChunk: [] }]));
  for (let i = 0; i < runs; i++) {
    for (const name of candidates) {
      const file = join(here, 'candidates', `${name}.mjs`);
      const { stdout } = await run(process.execPath, [file, baseURL, values.chunks]);
      const figure = JSON.parse(stdout);
      for (const key of Object.keys(figure)) figures[name][key].push(figure[key]);
    }
    process.stderr.write(`run ${i + 1} of ${runs}\n`);
  }
  stop();
  return figures;
};

const measureImports = async () => {
  const require = createRequire(import.meta.url);
  const client = join(here, 'node_modules/@g4f/client/dist/index.js');
  const targets = { undici: require.resolve('undici'), '@g4f/client': client };
  const times = { undici: [], '@g4f/client': [] };
  for (let i = 0; i < runs * 3; i++) {
    for (const [name, file] of Object.entries(targets)) {
      const code = `const began = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - began);`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
      times[name].push(Number(stdout));
    }
  }
  return times;
};

/** Bytes of a package as it is published: what its dist, package.json, README and LICENSE weigh, or all of a foreign one. */
const bytesIn = (path, ours) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path)
    .filter(
      (name) =>
        name !== 'node_modules' &&
        (!ours || ['dist', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].includes(name)),
    )
    .reduce((sum, name) => sum + bytesIn(join(path, name), false), 0);
};

const measureSize = () => {
  const client = realpathSync(join(here, 'node_modules/@g4f/client'));
  const providers = realpathSync(join(client, 'node_modules/@g4f/providers'));
  const packages = {
    '@g4f/client': bytesIn(client, true),
    '@g4f/providers': bytesIn(providers, true),
    '@g4f/core': bytesIn(realpathSync(join(client, 'node_modules/@g4f/core')), true),
    zod: bytesIn(realpathSync(join(client, 'node_modules/zod')), false),
    undici: bytesIn(realpathSync(join(providers, 'node_modules/undici')), false),
  };
  return { packages, total: Object.values(packages).reduce((sum, bytes) => sum + bytes, 0) };
};

const streams = await measureStreams();
const imports = await measureImports();
const size = measureSize();
const cpu = (name) => median(streams[name].cpuPerChunk);
const first = (name) => median(streams[name].firstChunk);
const number = (value, digits = 2) => value.toFixed(digits).padStart(9);

console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${runs} runs of ${values.chunks} chunks, medians`,
);
console.log('\n                 CPU µs/chunk    ratio   first chunk ms');
for (const name of candidates) {
  console.log(
    `${name.padEnd(16)}${number(cpu(name))}${number(cpu(name) / cpu('undici-request'))}${number(first(name), 3)}`,
  );
}
console.log(
  `\nClient over AsyncClient: ${number(cpu('client') - cpu('async-client'))} µs CPU per chunk, ${number(first('client') - first('async-client'), 3)} ms to the first chunk`,
);
console.log(
  `import: undici ${number(median(imports.undici))} ms, @g4f/client ${number(median(imports['@g4f/client']))} ms, ratio ${number(median(imports['@g4f/client']) / median(imports.undici))}`,
);
console.log(
  `installed: ${Object.keys(size.packages).length} packages, ${number(size.total / 1e6)} MB (${Object.entries(
    size.packages,
  )
    .map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(2)}`)
    .join(', ')})`,
);
