// Compares this checkout with another one on the same machine: what ratios to a bare loop cannot do, because the share of the
// system in both differs from machine to machine.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuse } from './command-line.mjs';
import { measureOnce, startUpstream } from './measure.mjs';
import { median } from './numbers.mjs';

const RUNS = 5;
/** What is above is measured again, with so many runs more. */
const RUNS_AGAIN = 15;
/** Most by which a scenario may be dearer than there. */
const MOST = 1.03;

/**
 * Each scenario by each candidate of ours, here and there in turns.
 *
 * @param checkout a folder with this repository at another commit, built
 * @param scenarios by name, objects whose fields are the candidates
 * @param judge is told the ratio of the medians, and the most that is good
 */
export const judgeAgainst = async (checkout, scenarios, judge) => {
  const there = resolve(checkout, 'benchmarks');
  if (!existsSync(join(there, 'candidate.mjs'))) refuse(`--against ${checkout}: there are no benchmarks`);
  const { baseURL, stop } = await startUpstream();
  const ratio = async (scenario, name, runs) => {
    const figures = { here: [], there: [] };
    for (let run = 0; run < runs; run++) {
      figures.there.push(await measureOnce(name, scenario, baseURL, there));
      figures.here.push(await measureOnce(name, scenario, baseURL));
    }
    return median(figures.here) / median(figures.there);
  };
  try {
    for (const [scenario, candidates] of Object.entries(scenarios))
      for (const name of Object.keys(candidates)) {
        const first = await ratio(scenario, name, RUNS);
        const value = first <= MOST ? first : await ratio(scenario, name, RUNS_AGAIN);
        judge(`${scenario}, ${name} to that of ${checkout}`, value, MOST);
      }
  } finally {
    stop();
  }
};
