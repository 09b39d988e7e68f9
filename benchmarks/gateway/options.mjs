// The command line of the gateway's benchmark.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ownArgs } from '../own-args.mjs';
import { HOW } from '../peers.mjs';
import { BASE, GATEWAYS } from './gateways.mjs';
import { MEASURES } from './load.mjs';

const ENDURANCE = ['lasting', 'idle'];
const KNOWN = [...Object.keys(MEASURES), ...ENDURANCE];

const HELP = `npm run bench:gateway -- [options]: the gateway beside a bare pass-through on undici, over a mock service on this
machine: first bytes, CPU for each request, throughput of streams; then, of the gateway alone, streams that last, and idle
ones. Ends with 1 if a measurement of the first two failed or a stream was lost.

  --measure <names>       ${KNOWN.join(', ')}; all unless given
  --gateway <names>       ${Object.keys(GATEWAYS).join(', ')}; all unless given; ratios need ${BASE}
  --runs <n>              how often each is measured; 5
  --streams <n>           how many streams last; 500
  --seconds <n>           how long they last; 60
  --idle <n>              how many streams are idle; 5000
  --idle-seconds <n>      how long they are idle; 60
  --json <file>           writes all measurements there
  --write                 writes the measured part of docs/scale.md; needs all measures
  --help                  this text

Portkey is skipped unless it is installed: ${HOW}`;

/** Says what is wrong with what was asked for, and ends the process. */
export const refuse = (why) => {
  console.error(`${why}. --help tells what there is.`);
  process.exit(2);
};

const NUMBERS = { runs: '5', streams: '500', seconds: '60', idle: '5000', 'idle-seconds': '60' };

const parse = () => {
  const numbers = Object.entries(NUMBERS).map(([name, value]) => [name, { type: 'string', default: value }]);
  try {
    return parseArgs({
      args: ownArgs(),
      options: {
        measure: { type: 'string', multiple: true },
        gateway: { type: 'string', multiple: true },
        ...Object.fromEntries(numbers),
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
  for (const name of Object.keys(NUMBERS)) {
    const number = Number(given[name]);
    if (!Number.isInteger(number) || number < 1)
      refuse(`--${name} must be a whole number, 1 or more; it is ${given[name]}`);
    given[name] = number;
  }
  if (given.write && (given.measure ?? given.gateway) !== undefined)
    refuse('--write needs all measures and gateways');
  if (given.json !== undefined && !existsSync(dirname(given.json)))
    refuse(`--json: there is no folder ${dirname(given.json)}`);
  const measures = chosen('measure', given.measure, KNOWN);
  return {
    ...given,
    measures: measures.filter((name) => !ENDURANCE.includes(name)),
    endurance: measures.filter((name) => ENDURANCE.includes(name)),
    gateways: chosen('gateway', given.gateway, Object.keys(GATEWAYS)),
  };
};
