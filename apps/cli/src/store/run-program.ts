// Runs a program of the system to its end: with text on its standard input, and for so long at most.
import { spawn } from 'node:child_process';

/** How it ended. */
export interface ProgramEnd {
  /** Null where it was ended, by us or by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isLate: boolean;
}

/** More than this is not read of either stream, in characters. */
const MOST_CHARACTERS = 65_536;

/** @param limitMs after so long it is killed. @throws Error `ENOENT` where there is no such program. */
export const runProgram = (
  file: string,
  args: readonly string[],
  { input, limitMs }: { readonly input: string; readonly limitMs: number },
): Promise<ProgramEnd> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
      // What it has started may hold its streams.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    }, limitMs);
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] = (said[name] + text).slice(0, MOST_CHARACTERS);
      });
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ ...said, code, isLate });
    });
    // A program that does not read is seen by its end.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
