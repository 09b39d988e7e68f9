// The two streams of the command: answers and data go to stdout, everything else to stderr.
import { painterOf } from './style.ts';

const endings = new Set<() => void>();
let isQuiet = false;

/** Notes are no longer written: `--quiet`. */
export const beQuiet = (): void => {
  isQuiet = true;
};

/** Writes an answer or data; resolves when the reader has room for more. */
export const out = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });

/** Writes data as JSON that a person can read. */
export const outJson = (value: unknown): Promise<void> => out(`${JSON.stringify(value, null, 2)}\n`);

/** Tells the person something that is not the answer. */
export const note = (line: string): void => {
  if (!isQuiet) process.stderr.write(`${painterOf(process.stderr)('dim', `g4f: ${line}`)}\n`);
};

/** Tells the person what went wrong, `--quiet` or not. */
export const complain = (line: string): void => {
  process.stderr.write(`${painterOf(process.stderr)('red', 'g4f:')} ${line}\n`);
};

/** Calls `end` when the reader of stdout has left, before the program ends. @returns what takes it back. */
export const whenReaderLeaves = (end: () => void): (() => void) => {
  endings.add(end);
  return () => endings.delete(end);
};

/** A reader that has seen enough (`g4f … | head`) ends the program without a word. */
export const watchReaders = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    for (const end of endings) end();
    if (error.code !== 'EPIPE') process.stderr.write(`g4f: cannot write the answer: ${error.message}\n`);
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  process.stderr.on('error', () => {});
};

/** Whether a person sees stdout. */
export const isTerminal = (): boolean => process.stdout.isTTY === true;

/** How many columns the terminal has; 80 where that is not known. */
export const columns = (): number => process.stdout.columns || 80;
