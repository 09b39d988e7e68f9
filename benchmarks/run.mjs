// What an answer costs, beside bare loops and other libraries: medians, and ratios to undici.fetch of the same run, because
// times alone say more of the machine.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { CANDIDATES, missingPeers } from './candidates.mjs';
import { measureFootprint } from './footprint.mjs';
import { measure, startUpstream } from './measure.mjs';
import { readOptions } from './options.mjs';
import { HOW } from './peers.mjs';
import { toText, writePage } from './report.mjs';

const { runs, json, write, scenarios, candidates } = readOptions();

const present = candidates.filter((name) => {
  const missing = missingPeers(name);
  if (missing.length > 0)
    process.stderr.write(
      `${CANDIDATES[name].title} is skipped: ${missing.join(', ')} is not installed (${HOW})\n`,
    );
  return missing.length === 0;
});

/** On a terminal the line is written over; elsewhere there is one line for each scenario. */
const progressOf = (scenario, at) => (round) => {
  const line = `${at + 1}/${scenarios.length} ${scenario}: run ${round} of ${runs}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}${round === runs ? '\n' : ''}`);
  else if (round === runs) process.stderr.write(`${line}\n`);
};

const { baseURL, stop } = await startUpstream();
const figures = {};
try {
  for (const [at, scenario] of scenarios.entries())
    figures[scenario] = await measure(scenario, present, runs, baseURL, progressOf(scenario, at));
} finally {
  stop();
}
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const footprint = await measureFootprint(present, runs * 3);
const result = { machine, date: new Date().toISOString().slice(0, 10), runs, figures, footprint };
console.log(toText(result));
if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
if (write) writePage(result);
