// The command line of the gateway's benchmark.
import { chosen, parseOptions, refuse, wholeNumber } from '../command-line.mjs';
import { BASE, GATEWAYS } from './gateways.mjs';
import { MEASURES } from './load.mjs';

const ENDURANCE = ['lasting', 'idle'];
const KNOWN = [...Object.keys(MEASURES), ...ENDURANCE];

const HOWS = Object.values(GATEWAYS)
  .flatMap(({ title, how }) => (how === undefined ? [] : [`  ${title.padEnd(8)} ${how}`]))
  .join('\n');

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

A gateway of others is skipped unless it is installed:
${HOWS}`;

const NUMBERS = { runs: '5', streams: '500', seconds: '60', idle: '5000', 'idle-seconds': '60' };

/** What was asked for. Ends the process where it was help, or nothing that there is. */
export const readOptions = () => {
  const numbers = Object.entries(NUMBERS).map(([name, value]) => [name, { type: 'string', default: value }]);
  const given = parseOptions(HELP, {
    measure: { type: 'string', multiple: true },
    gateway: { type: 'string', multiple: true },
    ...Object.fromEntries(numbers),
  });
  for (const name of Object.keys(NUMBERS)) given[name] = wholeNumber(name, given[name]);
  if (given.write && (given.measure ?? given.gateway) !== undefined)
    refuse('--write needs all measures and gateways');
  const measures = chosen('measure', given.measure, KNOWN);
  return {
    ...given,
    measures: measures.filter((name) => !ENDURANCE.includes(name)),
    endurance: measures.filter((name) => ENDURANCE.includes(name)),
    gateways: chosen('gateway', given.gateway, Object.keys(GATEWAYS)),
  };
};
