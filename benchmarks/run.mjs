// What an answer costs, beside bare loops and other libraries: medians, and ratios to undici.fetch of the same run, because
// times alone say more of the machine.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { CANDIDATES, missingPeers } from './candidates.mjs';
import { refuse } from './command-line.mjs';
import { measureFootprint } from './footprint.mjs';
import { measure, startUpstream } from './measure.mjs';
import { readOptions } from './options.mjs';
import { HOW } from './peers.mjs';
import { toText, writePage } from './report.mjs';

const { runs, json, write, withFootprint, scenarios, candidates } = readOptions();

const present = candidates.filter((name) => {
  const missing = missingPeers(name);
  if (missing.length > 0)
    process.stderr.write(
      `${CANDIDATES[name].title} is skipped: ${missing.join(', ')} is not installed (${HOW})\n`,
    );
  return missing.length === 0;
});

if (present.length === 0) refuse('nobody is left to measure');
if (write && present.length < candidates.length) refuse('--write needs all candidates');

let failures = 0;
const warn = ({ message }) => {
  failures += 1;
  process.stderr.write(`${message}; it is left out there\n`);
};

/** On a terminal the line is written over; elsewhere there is one line for each scenario. */
const progressOf = (scenario, at) => (round) => {
  const line = `${at + 1}/${scenarios.length} ${scenario}: run ${round} of ${runs}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}${round === runs ? '\n' : ''}`);
  else if (round === runs) process.stderr.write(`${line}\n`);
};

const { baseURL, stop } = await startUpstream();
const figures = {};
try {
  for (const [at, scenario] of scenarios.entries()) {
    const tell = progressOf(scenario, at);
    figures[scenario] = await measure(scenario, present, runs, baseURL, { tell, warn });
  }
} finally {
  stop();
}
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const footprint = withFootprint ? await measureFootprint(present, runs * 3) : undefined;
const result = { machine, date: new Date().toISOString().slice(0, 10), runs, figures, footprint };
console.log(toText(result));
if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
if (failures > 0) process.exitCode = 1;
else if (write) writePage(result);
