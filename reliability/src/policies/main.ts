// `npm run bench:policies`: who is to be asked first? The policies of a gateway, over one trace, by its own code and a clock of their own.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../command-line.ts';
import { asTable, withTables } from './page.ts';
import { POLICIES, type Run, simulate } from './simulate.ts';

const HELP = `npm run bench:policies: plays one made trace of requests with every policy, and tells the times to the first content.

  --requests <n>   how many; 20000
  --gateways <n>   behind a balancer that takes any; 1, and then 4
  --seed <n>       another luck; 1
  --write          writes the tables into docs/scale.md
  --help           this text

Routing, failover, circuits, deadlines and hedges are the client's own code. Arrivals and services are modelled: see
reliability/src/policies. The same options give the same figures on every machine.`;

const PAGE = fileURLToPath(new URL('../../../docs/scale.md', import.meta.url));

const given = readOptions(HELP, {
  requests: { type: 'string', default: '20000' },
  gateways: { type: 'string' },
  seed: { type: 'string', default: '1' },
  write: { type: 'boolean', default: false },
});

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1
    ? number
    : given.refuse(`--${name} must be a whole number, 1 or more; it is ${text}`);
};

const [requests, seed] = [wholeNumber('requests', given.requests), wholeNumber('seed', given.seed)];
const counts = given.gateways === undefined ? [1, 4] : [wholeNumber('gateways', given.gateways)];
if (given.write && given.gateways !== undefined) given.refuse('--write needs all tables, without --gateways');

const simulated = [];
for (const gateways of counts) {
  const run: Run = { requests, seed, gateways };
  const figures = [];
  for (const policy of POLICIES) figures.push(await simulate(policy, run));
  simulated.push({ run, figures });
  console.log(`${asTable({ run, figures })}\n`);
}
if (given.write) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), simulated));
