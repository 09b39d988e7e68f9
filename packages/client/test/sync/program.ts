// Runs a small program that uses the package, bundled from the sources, and tells what it printed and how it ended.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';

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
  /** The working folder, unless it is that of the sources. */
  readonly cwd?: string;
  /** Variables besides; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A file descriptor instead of a pipe. */
  readonly stdout?: number;
  readonly onPrint?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** A file of `fixtures/`, in the folder where `@g4f/client` is what the sources are now. */
export const fixture = (name: string): string => join(inject('fromSources'), 'fixtures', name);

/** Runs code as an ES module by `node -e`. */
export const runCode = (
  code: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Ended> => runProgram({ args: [...flags, '--input-type=module', '-e', code, ...args] });

export const runProgram = (program: Program): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program.command ?? process.execPath, program.args, {
      cwd: program.cwd ?? inject('fromSources'),
      stdio: ['pipe', program.stdout ?? 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', ...program.env },
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
