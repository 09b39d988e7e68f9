// The command line of the benchmarks.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { CANDIDATES } from './candidates.mjs';
import { ownArgs } from './own-args.mjs';
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

/** Says what is wrong with what was asked for, and ends the process. */
export const refuse = (why) => {
  console.error(`${why}. --help tells what there is.`);
  process.exit(2);
};

const parse = () => {
  try {
    return parseArgs({
      args: ownArgs(),
      options: {
        scenario: { type: 'string', multiple: true },
        candidate: { type: 'string', multiple: true },
        runs: { type: 'string', default: '5' },
        json: { type: 'string' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error.message.split('. ')[0]);
  }
};

const chosen = (what, given, known) => {
  const names = given?.flatMap((list) => list.split(',')) ?? known;
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? names
    : refuse(`there is no ${what} ${JSON.stringify(unknown)}; there are ${known.join(', ')}`);
};

/** What was asked for. Ends the process where it was help, or nothing that there is. */
export const readOptions = () => {
  const given = parse();
  if (given.help) {
    console.log(HELP);
    process.exit(0);
  }
  const runs = Number(given.runs);
  if (!Number.isInteger(runs) || runs < 1)
    refuse(`--runs must be a whole number, 1 or more; it is ${given.runs}`);
  if (given.write && (given.scenario ?? given.candidate) !== undefined)
    refuse('--write needs all scenarios and candidates');
  if (given.json !== undefined && !existsSync(dirname(given.json)))
    refuse(`--json: there is no folder ${dirname(given.json)}`);
  return {
    runs,
    json: given.json,
    write: given.write,
    withFootprint: given.scenario === undefined,
    scenarios: chosen('scenario', given.scenario, Object.keys(SCENARIOS)),
    candidates: chosen('candidate', given.candidate, Object.keys(CANDIDATES)),
  };
};
