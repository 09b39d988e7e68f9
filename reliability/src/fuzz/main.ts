// `npm run fuzz`: changes the bytes of recorded answers in every way, for as long as it is given, and checks what readers hear.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { readOptions } from '../command-line.ts';
import { progressLine } from '../progress.ts';
import { streamedAnswers } from './answers.ts';
import { fuzz } from './fuzz.ts';
import { type Account, supervise, type Told } from './supervise.ts';

const HELP = `npm run fuzz: cuts, doubles, swaps and damages the bytes of answers, and checks that no reader hangs, or takes a
damaged answer for a whole one.

  --minutes <n>   for how long; 10
  --seed <n>      where to begin; the time unless given
  --only <text>   only answers whose name holds this
  --help          this text

G4F_TAPES names a folder of recorded answers with an index.json; without it the standard answers of each wire are used.
Exit code 1 at the first answer that is not as it must be: its name, seed, path and smallest change are printed. The
same seed with the same answers finds it again.`;

const options = readOptions(HELP, {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  only: { type: 'string', default: '' },
});
const MOST_MINUTES = 7 * 24 * 60;
const LARGEST_SEED = 2 ** 31 - 1_000_000;
const minutes = Number(options.minutes);
const first = options.seed.trim() === '' ? Number.NaN : Number(options.seed);
if (!(minutes > 0 && minutes <= MOST_MINUTES))
  options.refuse(`--minutes must be a number above 0, a week at most; it is ${options.minutes || 'empty'}`);
if (!Number.isInteger(first) || first < 0 || first > LARGEST_SEED)
  options.refuse(`--seed must be a whole number from 0 to ${LARGEST_SEED}; it is ${options.seed || 'empty'}`);

const answersOf = (folder: string | undefined): ReturnType<typeof streamedAnswers> => {
  try {
    return streamedAnswers(folder).filter(({ name }) => name.includes(options.only));
  } catch (error) {
    return options.refuse(`G4F_TAPES cannot be read: ${error instanceof Error ? error.message : error}`);
  }
};
const answers = answersOf(process.env.G4F_TAPES);
if (answers.length === 0) options.refuse(`no answer has "${options.only}" in its name`);

/** Of each property, before the clock is looked at again. */
const RUNS = 100;
/** Much longer than any run takes, also on a busy machine. */
const STUCK_MS = 60_000;
const EVERY_MS = 10_000;

/** In the thread: runs until the time is over, or something is not as it must be. */
async function run(): Promise<void> {
  const tell = (told: Told): void => parentPort?.postMessage(told);
  const began = performance.now();
  for (let seed = first; performance.now() - began < minutes * 60_000; seed++) {
    const broken = await fuzz({
      answers,
      runs: RUNS,
      seed,
      begins: (begun) => tell({ kind: 'begins', run: begun, seed }),
      ended: (end) => tell({ kind: 'ended', end }),
    });
    if (broken !== undefined) return tell({ kind: 'broken', broken });
  }
}

/** Outside it: starts the thread, shows how it goes on, and says what came of it. */
async function report(): Promise<void> {
  const began = performance.now();
  const seconds = (): number => Math.round((performance.now() - began) / 1000);
  const show = progressLine('seconds', Math.round(minutes * 60));
  let line = began + EVERY_MS;
  const thread = new Worker(new URL('../../../scripts/run.mjs', import.meta.url), {
    argv: ['../reliability/src/fuzz/main', ...process.argv.slice(2)],
  });
  const account = await supervise(thread, STUCK_MS, ({ runs, seed }) => {
    show(seconds());
    if (process.stderr.isTTY || performance.now() < line) return;
    line += EVERY_MS;
    console.error(`${seconds()} s: ${runs} runs, seed ${seed}`);
  });
  show.done();
  console.log(
    `${account.runs} runs on ${answers.length} answers in ${seconds()} s, seeds ${first} to ${account.seed}`,
  );
  print(account);
}

function print({ ends, broken }: Account): void {
  console.log([...ends].map(([end, count]) => `${end} ${count}`).join(', '));
  const of = (breach: string): string => `${breach} ${broken?.breach === breach ? 1 : 0}`;
  console.log(['hung', 'untyped', 'unjustified', 'changed'].map(of).join(', '));
  if (broken === undefined) return;
  process.exitCode = 1;
  const { why, property, run, seed, path } = broken;
  console.log(`${property}: ${why}\nseed ${seed}, path ${path}\n${JSON.stringify(run, null, 2)}`);
}

await (isMainThread ? report() : run());
