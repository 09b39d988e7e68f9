// Runs a small program that uses the built package, and tells what it printed and how it ended.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a program ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Program {
  readonly command?: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  /** A file descriptor instead of a pipe. */
  readonly stdout?: number;
  readonly onPrint?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** The package's folder, in which `@g4f/client` names the package itself. */
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** Runs code as an ES module by `node -e`. */
export const runCode = (
  code: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Ended> => runProgram({ args: [...flags, '--input-type=module', '-e', code, ...args] });

export const runProgram = (program: Program): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program.command ?? process.execPath, program.args, {
      cwd: PACKAGE,
      stdio: ['pipe', program.stdout ?? 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      program.onPrint?.(text, (signal) => child.kill(signal));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
    child.stdin?.end(program.stdin ?? '');
  });
