// The two streams of the command: answers and data go to stdout, everything else to stderr.
import { fstatSync, writeSync } from 'node:fs';
import { messageOf } from '../failure/exit-code.ts';
import { painterOf } from './style.ts';

const endings = new Set<() => void>();
let isQuiet = false;

/** Notes are no longer written: `--quiet`. */
export const beQuiet = (): void => {
  isQuiet = true;
};

/** Writes an answer or data; resolves when the reader has room for more. What cannot be written ends the program. */
export const out = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (isFile()) resolve(writeWhole(text));
    else if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });

let knownFile: boolean | undefined;
const isFile = (): boolean => {
  knownFile ??= fstatSync(1).isFile();
  return knownFile;
};

/** Node's own stream takes what a file had room for as all that was written, and a text that was cut by a full disk as whole. */
function writeWhole(text: string | Uint8Array): void {
  let left = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    while (left.length > 0) left = left.subarray(writeSync(1, left));
  } catch (error) {
    cannotWrite(error);
  }
}

/** Ends the program, with one line; without a word where the reader has seen enough (`g4f … | head`). */
const cannotWrite = (error: unknown): never => {
  for (const end of endings) end();
  const hasLeft = Object(error).code === 'EPIPE';
  if (!hasLeft) complain(`cannot write to standard output: ${messageOf(error)}`);
  process.exit(hasLeft ? 0 : 1);
};

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

/** Ends the program when stdout can no longer be written to. */
export const watchReaders = (): void => {
  process.stdout.on('error', cannotWrite);
  process.stderr.on('error', () => {});
};

/** Calls `then` when all is written. */
export const whenWritten = (then: () => void): void => {
  process.stdout.write('', (failed) =>
    failed == null ? then() : cannotWrite(process.stdout.errored ?? failed),
  );
};

/** Whether a person sees stdout. */
export const isTerminal = (): boolean => process.stdout.isTTY === true;

/** How many columns the terminal has; 80 where that is not known. */
export const columns = (): number => process.stdout.columns || 80;
