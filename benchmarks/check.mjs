// Fails when an answer, an import, a bundle or a type has become dearer than its budget: `npm run bench:check [-- --sizes]`.
// Only ratios to a bare loop of the same run and counts are compared, never times: those would judge the machine. A busy
// machine distorts even the ratios, so `npm test` checks the counts alone (`--sizes`).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judgeAgainst } from './against.mjs';
import { BASE } from './candidates.mjs';
import { refuse } from './command-line.mjs';
import { countInstantiations, countWithTool, measureImports, measureLoaded } from './footprint.mjs';
import { measure, startUpstream } from './measure.mjs';
import { median } from './numbers.mjs';
import { ownArgs } from './own-args.mjs';

const RUNS = 3;
/** What is above its budget is measured again, with so many runs more, before it counts. */
const RUNS_AGAIN = 7;

const HELP = `npm run bench:check [-- --sizes]: compares ratios and counts with benchmarks/budgets.json; ends with 1 if one is above.

  --against <folder>   compares times and memory with those of another checkout that is built, in turns, and not with budgets,
                       which are of the machine where they were set; ends with 1 if one is more than 3 % above
  --scenario <name>    with --against: only this one, such as whole
  --sizes              only bytes of what a chat loads and instantiations of types, which are the same on every machine; npm test does this`;

const readOptions = () => {
  try {
    return parseArgs({
      args: ownArgs(),
      options: {
        against: { type: 'string' },
        scenario: { type: 'string' },
        sizes: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message.split('. ')[0]}. --help tells what there is.`);
    return process.exit(2);
  }
};

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const budgets = JSON.parse(readFileSync(new URL('./budgets.json', import.meta.url), 'utf8'));
let failures = 0;

const judge = (what, value, budget, shown = (number) => number.toFixed(2)) => {
  const isWithin = value <= budget;
  if (!isWithin) failures += 1;
  console.log(`${isWithin ? '✓' : '✗'} ${what}: ${shown(value)} (at most ${shown(budget)})`);
};

const ratioOf = (figures, name) => median(figures[name]) / median(figures[BASE]);

const fail = (error) => {
  throw error;
};

/** What depends on the machine: ratios of times and memory to those of a bare loop, measured in turns. */
const judgeRatios = async () => {
  const { baseURL, stop } = await startUpstream();
  const ratiosIn = (scenario, names, runs) =>
    measure(scenario, [BASE, ...names], runs, baseURL, { tell: () => undefined, warn: fail });
  try {
    for (const [scenario, budget] of Object.entries(budgets.ratios)) {
      const names = Object.keys(budget);
      let figures = await ratiosIn(scenario, names, RUNS);
      if (names.some((name) => ratioOf(figures, name) > budget[name]))
        figures = await ratiosIn(scenario, names, RUNS_AGAIN);
      for (const name of names)
        judge(`${scenario}, ${name} to ${BASE}`, ratioOf(figures, name), budget[name]);
    }
  } finally {
    stop();
  }
  const { undici, '@g4f/client': ours } = await measureImports([], RUNS_AGAIN);
  judge('import of @g4f/client to undici', median(ours.ms) / median(undici.ms), budgets.importOfUndici);
};

/** By name; all, unless one is named. */
const chosen = () => {
  const { scenario } = options;
  if (scenario === undefined) return budgets.ratios;
  if (options.against === undefined) refuse('--scenario goes with --against <folder>');
  if (!Object.hasOwn(budgets.ratios, scenario))
    refuse(`--scenario ${scenario}: there are ${Object.keys(budgets.ratios).join(', ')}`);
  return { [scenario]: budgets.ratios[scenario] };
};

const scenarios = chosen();
if (options.against !== undefined) await judgeAgainst(options.against, scenarios, judge);
else if (!options.sizes) await judgeRatios();
const count = (number) => number.toLocaleString('en');
for (const [name, budget] of Object.entries(budgets.loadedByChat))
  judge(`what a chat loads of ${name}, bytes gzipped`, await measureLoaded(name), budget, count);
judge('type instantiations', await countInstantiations(), budgets.instantiations, count);
judge(
  'type instantiations with one tool of zod',
  await countWithTool(),
  budgets.instantiationsWithTool,
  count,
);
if (failures > 0) {
  console.error(
    `${failures} above their budget. If that was meant, change benchmarks/budgets.json and say why.`,
  );
  process.exit(1);
}
