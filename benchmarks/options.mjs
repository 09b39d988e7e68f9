// The command line of the benchmarks.
import { CANDIDATES } from './candidates.mjs';
import { chosen, parseOptions, refuse, wholeNumber } from './command-line.mjs';
import { HOW } from './peers.mjs';
import { SCENARIOS } from './scenarios.mjs';

const HELP = `npm run bench -- [options]: CPU, time and memory of answers beside bare undici loops and other libraries; unless
scenarios are named, also what importing, installing, bundling and type checking cost. Ends with 1 if a candidate failed.

  --scenario <names>   ${Object.keys(SCENARIOS).join(', ')}; all unless given
  --candidate <names>  ${Object.keys(CANDIDATES).join(', ')}; all unless given
  --runs <n>           how often each is measured; 5
  --json <file>        writes all measurements there
  --write              writes docs/performance.md and its chart; needs all scenarios and candidates,
                       installed, and none that fails
  --help               this text

Other libraries are skipped unless they are installed: ${HOW}`;

/** What was asked for. Ends the process where it was help, or nothing that there is. */
export const readOptions = () => {
  const given = parseOptions(HELP, {
    scenario: { type: 'string', multiple: true },
    candidate: { type: 'string', multiple: true },
    runs: { type: 'string', default: '5' },
  });
  if (given.write && (given.scenario ?? given.candidate) !== undefined)
    refuse('--write needs all scenarios and candidates');
  return {
    runs: wholeNumber('runs', given.runs),
    json: given.json,
    write: given.write,
    withFootprint: given.scenario === undefined,
    scenarios: chosen('scenario', given.scenario, Object.keys(SCENARIOS)),
    candidates: chosen('candidate', given.candidate, Object.keys(CANDIDATES)),
  };
};
