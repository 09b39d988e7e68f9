// What the command line costs: its start, a question beside the library's own call, search in a log, Markdown, and its installed
// size. Times of two programs are taken in turns. `npm run bench:cli -- --help`.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, cpuOf, startService, timed } from './cli/processes.mjs';
import { parseOptions, wholeNumber } from './command-line.mjs';
import { writeMeasured } from './measured-page.mjs';
import { median, round } from './numbers.mjs';

const HELP = `What the command line costs. Build first; run it on a quiet machine.

  --runs <n>       how often each is measured; 15
  --entries <n>    of the log that is searched; 100,000
  --no-size        packs and installs nothing
  --json <file>    writes the figures as JSON, too
  --write          writes them to docs/cli-speed.md`;

const given = parseOptions(HELP, {
  runs: { type: 'string' },
  entries: { type: 'string' },
  'no-size': { type: 'boolean', default: false },
});
const runs = wholeNumber('runs', given.runs ?? '15');
const entries = wholeNumber('entries', given.entries ?? '100000');
const folder = mkdtempSync(join(tmpdir(), 'g4f-bench-'));
const root = join(import.meta.dirname, '..');
const home = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: join(folder, 'data') };

/** Both measured in turns, so many times. */
const inTurns = async (one, other) => {
  const times = [[], []];
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? [0, 1] : [1, 0];
    for (const at of order) times[at].push(await [one, other][at]());
  }
  return times.map(median);
};

const start = async () => {
  const ms = async (args) => (await timed(args, home)).ms;
  const [command, node] = await inTurns(
    () => ms([COMMAND, '--version']),
    () => ms(['-e', '0']),
  );
  return { command, node, ratio: command / node };
};

const question = async () => {
  const { url, stop } = await startService();
  const env = { ...home, OPENAI_API_KEY: 'sk-bench', OPENAI_BASE_URL: url };
  const [command, library] = await inTurns(
    () => cpuOf([COMMAND, '--quiet', '-m', 'openai:gpt-5.4', 'hi'], env, folder),
    () => cpuOf([join(import.meta.dirname, 'cli/own-call.mjs')], env, folder),
  );
  stop();
  return { command, library, added: command - library };
};

/** The log and Markdown are measured inside one process; the whole command is run on the same log. */
const within = async () => {
  const args = [join(root, 'scripts/run.mjs'), '../benchmarks/cli/inside', String(entries), String(runs)];
  const { stdout } = await timed(args, home);
  const figures = JSON.parse(stdout.trim().split('\n').at(-1));
  const ms = async (args) => (await timed([COMMAND, ...args], home)).ms;
  const [command, version] = await inTurns(
    () => ms(['log', '--search', 'thousandth', '--json']),
    () => ms(['--version']),
  );
  return { ...figures, command: { search: command, version } };
};

/** Of the files alone: neither folders nor links count twice. */
const bytesIn = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

const size = async () => {
  const args = [join(root, 'scripts/run.mjs'), '../benchmarks/cli/install', folder];
  await timed(args, { ...process.env, NODE_PATH: '' });
  return { megabytes: bytesIn(join(folder, 'installed')) / 1e6 };
};

const tell = (line) => process.stderr.write(`${line}\n`);
const figures = {};
try {
  for (const [name, measure] of Object.entries({ start, question, within, size })) {
    if (name === 'size' && given['no-size']) continue;
    tell(`${name} …`);
    figures[name] = await measure();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const inMs = (ms) => `${round(ms)} ms`;
const { search, rendering, command } = figures.within;
const inPlatform = `${process.platform} with npm`;
const rows = [
  [
    'start of `g4f --version` over `node -e 0`',
    '1.5',
    `${round(figures.start.ratio)} (${inMs(figures.start.command)} over ${inMs(figures.start.node)})`,
  ],
  ['CPU of `g4f "q"` besides that of the library’s own call', '60 ms', inMs(figures.question.added)],
  ...Object.entries(search).map(([what, ms]) => [
    `search in a log of ${entries.toLocaleString('en')} entries: ${what}`,
    '50 ms',
    inMs(ms),
  ]),
  [
    'the whole `g4f log --search`, and how much that is beyond `g4f --version`',
    '–',
    `${inMs(command.search)}, ${inMs(command.search - command.version)}`,
  ],
  ...Object.entries(rendering).map(([kilobytes, ms]) => [
    `an answer of ${kilobytes} KB rendered in pieces of five characters`,
    kilobytes === '100' ? '300 ms' : 'as long by KB',
    inMs(ms),
  ]),
  ...(figures.size === undefined
    ? []
    : [[`installed on ${inPlatform}`, '40 MB', `${figures.size.megabytes.toFixed(1)} MB`]]),
];
for (const [what, aim, measured] of rows) console.log(`${what}: ${measured} (aim: ${aim})`);
if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(figures, null, 2)}\n`);
if (given.write) {
  const where = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, medians of ${runs}, ${new Date().toISOString().slice(0, 10)}.`;
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  writeMeasured('cli-speed.md', 'bench:cli', `${where}\n\n| | aim | measured |\n|---|---|---|\n${table}`);
}
