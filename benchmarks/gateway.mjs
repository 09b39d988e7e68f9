// What a gateway adds to an answer: beside a bare pass-through in the same run, gateways taking turns, because times alone
// say more of the machine. `npm run bench:gateway -- --help`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { refuse } from './command-line.mjs';
import { idleStreams, lastingStreams } from './gateway/endurance.mjs';
import { GATEWAYS, missing, startGateway } from './gateway/gateways.mjs';
import { MEASURES } from './gateway/load.mjs';
import { readOptions } from './gateway/options.mjs';
import { toText, writePage } from './gateway/report.mjs';
import { startUpstream } from './measure.mjs';

const options = readOptions();
const tell = (line) => process.stderr.write(`${line}\n`);
let failures = 0;
const warn = (name, what, { message }) => {
  // What a gateway of others cannot do is left out, and told.
  if (GATEWAYS[name].how === undefined) failures += 1;
  tell(`${GATEWAYS[name].title} failed in ${what}: ${message}`);
};

const present = options.gateways.filter((name) => {
  const why = missing(name);
  if (why !== undefined) tell(why);
  return why === undefined;
});
if (present.length === 0) refuse('nobody is left to measure');

const { baseURL, stop } = await startUpstream();
const upstream = new URL(baseURL).port;

/** One measurement of a fresh gateway. */
const withGateway = async (name, work) => {
  const gateway = await startGateway(name, upstream);
  try {
    return await work(gateway);
  } finally {
    await gateway.stop();
  }
};

const figures = Object.fromEntries(options.measures.map((measure) => [measure, {}]));
const measureAll = async () => {
  for (const [at, measure] of options.measures.entries())
    for (let run = 1; run <= options.runs; run++) {
      for (const name of present)
        try {
          const number = await withGateway(name, MEASURES[measure].measure);
          figures[measure][name] = [...(figures[measure][name] ?? []), number];
        } catch (error) {
          warn(name, measure, error);
        }
      tell(`${at + 1}/${options.measures.length} ${measure}: run ${run} of ${options.runs}`);
    }
};

const ENDURANCE = {
  lasting: (gateway) => lastingStreams(gateway, options.streams, options.seconds),
  idle: (gateway) => idleStreams(gateway, options.idle, options['idle-seconds']),
};
const endured = {};
const endureAll = async () => {
  if (!present.includes('g4f')) return;
  for (const name of options.endurance) {
    tell(`${name}: as long as --help says`);
    try {
      endured[name] = await withGateway('g4f', ENDURANCE[name]);
      failures += endured[name].lost;
    } catch (error) {
      warn('g4f', name, error);
    }
  }
};

try {
  await measureAll();
  await endureAll();
} finally {
  stop();
}
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const date = new Date().toISOString().slice(0, 10);
const result = { machine, date, runs: options.runs, figures, ...endured };
console.log(toText(result));
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
if (failures > 0) process.exitCode = 1;
else if (options.write) writePage(result);
