// `pnpm fuzz`: changes the bytes of recorded answers in every way, for as long as it is given, and checks what readers hear.
import { readOptions } from '../command-line.ts';
import { progressLine } from '../progress.ts';
import { streamedAnswers } from './answers.ts';
import { fuzz } from './fuzz.ts';
import type { End } from './properties.ts';

const HELP = `pnpm fuzz: cuts, doubles, swaps and damages the bytes of answers, and checks that no reader hangs, or takes a
damaged answer for a whole one.

  --minutes <n>   for how long; 10
  --seed <n>      where to begin; the time unless given
  --only <text>   only answers whose name holds this
  --help          this text

G4F_TAPES names a folder of recorded answers with an index.json; without it the standard answers of each wire are used.
Exit code 1 at the first answer that is not as it must be: its name, seed and smallest change are printed.`;

const options = readOptions(HELP, {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  only: { type: 'string', default: '' },
});
const minutes = Number(options.minutes);
const first = Number(options.seed);
if (!(minutes > 0)) options.refuse(`--minutes must be a number above 0; it is ${options.minutes}`);
if (!Number.isInteger(first)) options.refuse(`--seed must be a whole number; it is ${options.seed}`);
const answers = streamedAnswers(process.env.G4F_TAPES).filter(({ name }) => name.includes(options.only));
if (answers.length === 0) options.refuse(`no answer has "${options.only}" in its name`);

/** Of each property, before the clock is looked at again. */
const RUNS = 200;

const began = performance.now();
const ends = new Map<End, number>();
const show = progressLine('seconds', Math.round(minutes * 60));
let seed = first;
try {
  for (; performance.now() - began < minutes * 60_000; seed++) {
    await fuzz({ answers, runs: RUNS, seed, ended: (end) => ends.set(end, (ends.get(end) ?? 0) + 1) });
    show(Math.round((performance.now() - began) / 1000));
  }
} catch (error) {
  process.exitCode = 1;
  console.log(error instanceof Error ? `${error.message}\n${String(error.cause ?? '')}` : String(error));
}
show.done();
const runs = [...ends.values()].reduce((sum, count) => sum + count, 0);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`${runs} runs on ${answers.length} answers in ${seconds} s, seeds ${first} to ${seed}`);
console.log([...ends].map(([end, count]) => `${end} ${count}`).join(', '));
console.log(
  process.exitCode === 1
    ? 'One answer was not as it must be: see above.'
    : 'Hung 0, untyped 0, unjustified 0.',
);
