// Measures one candidate in one scenario, in this process, and prints the number: `node candidate.mjs <candidate> <scenario> <baseURL>`.
import { SCENARIOS } from './scenarios.mjs';

const [name, scenario, baseURL] = process.argv.slice(2);
const { open } = await import(`./candidates/${name}.mjs`);
const candidate = open(baseURL);
process.stdout.write(`${await SCENARIOS[scenario].measure(candidate)}\n`, () => {
  candidate.close?.();
  // Streams that were left open on purpose would hold the process.
  process.exit();
});
