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

/** One number. @param folder the benchmarks of a checkout. @throws Error with what the candidate said last. */
export const measureOnce = async (name, scenario, baseURL, folder = here) => {
  const args = [join(folder, 'candidate.mjs'), name, scenario, baseURL];
  try {
    return Number((await run(process.execPath, args, { timeout: MOST_MS })).stdout);
  } catch (error) {
    const said = error.stderr?.match(/^\w*Error.*$/m)?.[0];
    const why = said ?? (error.killed ? `it took more than ${MOST_MS / 1000} s` : error.message);
    throw new Error(`${name} failed in ${scenario}: ${why}`, { cause: error });
  }
};

/** Numbers by candidate; one that fails is left out. @param tell is called after each round. @param warn is told of failures. */
export const measure = async (scenario, candidates, runs, baseURL, { tell, warn }) => {
  const able = candidates.filter((name) => isAble(name, scenario));
  const figures = Object.fromEntries(able.map((name) => [name, []]));
  for (let round = 1; round <= runs; round++) {
    for (const name of Object.keys(figures)) {
      try {
        figures[name].push(await measureOnce(name, scenario, baseURL));
      } catch (error) {
        delete figures[name];
        warn(error);
      }
    }
    tell(round);
  }
  return figures;
};
