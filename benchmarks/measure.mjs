// Runs candidates through a scenario, each run in a process of its own, candidates taking turns (A B C A B C …).
import { execFile, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CANDIDATES } from './candidates.mjs';
import { SCENARIOS } from './scenarios.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
/** Most that one run may take, in ms. */
const MOST_MS = 300_000;

/** Starts the mock service. */
export const startUpstream = async () => {
  const child = spawn(process.execPath, [join(here, 'upstream.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(Number(data))));
  return { baseURL: `http://127.0.0.1:${port}/v1`, stop: () => child.kill() };
};

/** Whether it can take part. */
export const isAble = (candidate, scenario) =>
  !(SCENARIOS[scenario].sideBySide && CANDIDATES[candidate].oneAtATime) &&
  (SCENARIOS[scenario].withPeers !== false || CANDIDATES[candidate].peers === undefined);

/** Numbers by candidate. @param tell is called after each round. */
export const measure = async (scenario, candidates, runs, baseURL, tell) => {
  const able = candidates.filter((name) => isAble(name, scenario));
  const figures = Object.fromEntries(able.map((name) => [name, []]));
  for (let round = 1; round <= runs; round++) {
    for (const name of able) {
      const args = [join(here, 'candidate.mjs'), name, scenario, baseURL];
      const { stdout } = await run(process.execPath, args, { timeout: MOST_MS });
      figures[name].push(Number(stdout));
    }
    tell(round);
  }
  return figures;
};
