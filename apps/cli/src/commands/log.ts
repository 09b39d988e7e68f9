// The log: what was asked and answered.
import type { Command } from 'commander';
import { positive } from '../asking/question-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import type { LogEntry } from '../store/log-entry.ts';
import { type LogStore, logPath, openLog } from '../store/log-store.ts';
import { barsOf } from '../terminal/bars.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { oneLine, plainText } from '../terminal/plain-text.ts';
import { painterOf } from '../terminal/style.ts';
import { tableOf } from '../terminal/table.ts';

interface LogOptions {
  readonly search?: string;
  readonly cid?: string;
  readonly last: number;
  readonly export?: boolean;
  readonly stats?: boolean;
  readonly json?: boolean;
  readonly path?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f log', 'shows the last ten questions and the beginnings of their answers'],
  ['g4f log --search "undo commit"', 'finds what has both words'],
  ['g4f log -n 1 --json', 'prints the last one with all its facts'],
  ['g4f log --stats', 'counts by model and by day'],
  ['g4f log --export > log.jsonl', 'writes all of it, one JSON object a line'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('--search <words>', 'those that have every one of these words, in the question or the answer')
    .option('--cid <id>', 'one conversation, whole')
    .option('-n, --last <count>', 'how many entries are shown, the newest', positive, 10)
    .option('--export', 'all of them, one JSON object a line')
    .option('--stats', 'how much was asked, by model and by day')
    .option('--json', 'as JSON')
    .option('--path', 'prints where the log is')
    .action(log);
};

async function log(options: LogOptions): Promise<void> {
  if (options.path) return out(`${logPath()}\n`);
  const store = await openLog(note);
  try {
    if (options.export) return await exportAll(store);
    if (options.stats) return await showStats(store, options.json === true);
    await showEntries(find(store, options), options);
  } finally {
    store.close();
  }
}

function find(store: LogStore, { search, cid, last }: LogOptions): readonly LogEntry[] {
  const most = Math.floor(last);
  if (search !== undefined) return store.search(search, most);
  if (cid === undefined) return store.newest(most);
  const entries = store.allOf(cid);
  if (entries.length === 0) throw new UsageError(`there is no conversation "${cid}"; "g4f log" lists them`);
  return entries;
}

async function exportAll(store: LogStore): Promise<void> {
  for (const entry of store.everything()) await out(`${JSON.stringify(entry)}\n`);
}

async function showEntries(entries: readonly LogEntry[], options: LogOptions): Promise<void> {
  if (options.json) return outJson(entries);
  if (entries.length === 0) return note('nothing is found.');
  const whole = options.cid !== undefined || entries.length === 1;
  for (const entry of entries) await out(shown(entry, whole));
}

const MOST_SHOWN = 300;

function shown(entry: LogEntry, whole: boolean): string {
  const paint = painterOf(process.stdout);
  const { at, cid, provider, model, requested, status, prompt, answer, error } = entry;
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const who = provider === null ? requested : `${provider}:${model}`;
  const state = status === 'ok' ? '' : ` (${status})`;
  const head = paint('dim', oneLine(`${time}  ${cid}  ${who}${state}`));
  const said = error === null ? answer : `${answer} [${error}]`;
  const text = whole ? plainText(said) : shortened(oneLine(said));
  return `${head}\n${paint('bold', whole ? plainText(prompt) : shortened(oneLine(prompt)))}\n${text}\n\n`;
}

const shortened = (text: string): string =>
  text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)} …`;

const DAYS_SHOWN = 30;

async function showStats(store: LogStore, isJson: boolean): Promise<void> {
  const [models, days] = [store.modelStats(), store.dayStats(DAYS_SHOWN)];
  if (isJson) return outJson({ models, days });
  if (models.length === 0) return note('nothing has been asked yet.');
  const rows = models.map(({ model, provider, answers, failures, unfinished, tokens, cost }) => [
    ...[provider, model, String(answers), String(failures), String(unfinished), String(tokens)],
    cost === 0 ? '' : `$${cost.toFixed(4)}`,
  ]);
  await out(tableOf([['provider', 'model', 'answers', 'failures', 'unfinished', 'tokens', 'cost'], ...rows]));
  await out(`\n${barsOf(days.map(({ day, questions }) => [day, questions]))}`);
}
