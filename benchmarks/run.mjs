// What an answer costs, beside bare loops: every scenario with every candidate, each run in a process of its own, candidates
// taking turns (A B C A B C …). Medians, and ratios to undici.fetch of the same run: times alone say more of the machine.
import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { measureImports, measureSize } from './footprint.mjs';
import { median } from './numbers.mjs';
import { SCENARIOS } from './scenarios.mjs';

const CANDIDATES = ['undici-fetch', 'undici-request', 'undici-dispatch', 'async-client', 'client'];
/** It blocks: it cannot read answers side by side. */
const ONE_AT_A_TIME = new Set(['client']);
const BASE = 'undici-fetch';

const HELP = `npm run bench -- [options]: CPU and time of answers beside bare undici loops, import time, installed size.

  --scenario <names>   ${Object.keys(SCENARIOS).join(', ')}; all unless given
  --candidate <names>  ${CANDIDATES.join(', ')}; all unless given
  --runs <n>           how often each is measured; 7
  --json <file>        writes all measurements there
  --help               this text`;

const refuse = (why) => {
  console.error(`${why}. --help tells what there is.`);
  process.exit(2);
};

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        scenario: { type: 'string' },
        candidate: { type: 'string' },
        runs: { type: 'string', default: '7' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error.message.split('. ')[0]);
  }
};

const chosen = (what, given, known) => {
  const names = given === undefined ? known : given.split(',');
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? names
    : refuse(`there is no ${what} ${unknown}; there are ${known.join(', ')}`);
};

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const scenarios = chosen('scenario', options.scenario, Object.keys(SCENARIOS));
const candidates = chosen('candidate', options.candidate, CANDIDATES);
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1)
  refuse(`--runs must be a whole number, 1 or more; it is ${options.runs}`);

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

const startUpstream = async () => {
  const child = spawn(process.execPath, [join(here, 'upstream.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(Number(data))));
  return { baseURL: `http://127.0.0.1:${port}/v1`, stop: () => child.kill() };
};

const { baseURL, stop } = await startUpstream();
const figures = {};
for (const scenario of scenarios) {
  const able = candidates.filter((name) => !(SCENARIOS[scenario].sideBySide && ONE_AT_A_TIME.has(name)));
  figures[scenario] = Object.fromEntries(able.map((name) => [name, []]));
  for (let turn = 0; turn < runs; turn++) {
    for (const name of able) {
      const { stdout } = await run(process.execPath, [join(here, 'candidate.mjs'), name, scenario, baseURL]);
      figures[scenario][name].push(Number(stdout));
    }
  }
  process.stderr.write(`${scenario}: ${runs} runs\n`);
}
stop();

const cell = (numbers, base) => {
  if (numbers === undefined) return '–'.padStart(16);
  const ratio = base === undefined ? '' : ` (${(median(numbers) / median(base)).toFixed(2)})`;
  return `${median(numbers).toFixed(2)}${ratio}`.padStart(16);
};
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const [widest] = scenarios
  .map((name) => SCENARIOS[name].what.length + SCENARIOS[name].unit.length + 2)
  .sort((a, b) => b - a);
console.log(`${machine}, medians of ${runs} runs (ratio to ${BASE})\n`);
console.log(''.padEnd(widest) + candidates.map((name) => name.padStart(16)).join(''));
for (const name of scenarios) {
  const { what, unit } = SCENARIOS[name];
  const row = candidates.map((candidate) => cell(figures[name][candidate], figures[name][BASE]));
  console.log(`${what}, ${unit}`.padEnd(widest) + row.join(''));
}
const imports = await measureImports(runs * 3);
const size = measureSize();
const [ours, undici] = [median(imports['@g4f/client']), median(imports.undici)];
const weights = Object.entries(size.packages).map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(2)}`);
console.log(
  `\nimport: undici ${undici.toFixed(1)} ms, @g4f/client ${ours.toFixed(1)} ms (${(ours / undici).toFixed(2)})`,
);
console.log(
  `installed: ${weights.length} packages, ${(size.total / 1e6).toFixed(2)} MB (${weights.join(', ')})`,
);
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ machine, runs, figures, imports, size }, null, 2)}\n`);
