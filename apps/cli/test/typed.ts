// Runs the built command as a person does: in pipes or in a pseudo-terminal, in a home of its own, with none of our keys.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command, as it is installed. */
export const COMMAND = fileURLToPath(new URL('../bin/g4f.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** A home that is empty at first. */
export interface Home {
  readonly folder: string;
  readonly env: Environment;
  remove(): Promise<void>;
}

/** Makes one. */
export const createHome = async (more: Environment = {}): Promise<Home> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'g4f-home-')));
  const { PATH = '' } = process.env;
  return {
    folder,
    env: { PATH, HOME: folder, NODE_NO_WARNINGS: '1', ...more },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

/** Starts the command. What it prints is gathered. */
export const start = (
  args: readonly string[],
  env: Environment,
  cwd = env.HOME ?? tmpdir(),
): {
  readonly child: ChildProcessWithoutNullStreams;
  readonly printed: Ended;
  readonly ended: Promise<Ended>;
} => {
  const child = spawn(process.execPath, [COMMAND, ...args], { env, cwd });
  return { child, ...gather(child) };
};

/** Runs it to its end, with `input` on its standard input. */
export const run = (
  args: readonly string[],
  env: Environment,
  input: string | Uint8Array = '',
): Promise<Ended> => {
  const { child, ended } = start(args, env);
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return ended;
};

/** Starts it in a pseudo-terminal with so many columns; what is written to the child is typed. */
export const startInTerminal = (args: readonly string[], env: Environment, columns = 80) => {
  const quoted = [process.execPath, COMMAND, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const line = `stty cols ${columns} rows 24; exec ${quoted.join(' ')}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    env: { TERM: 'xterm-256color', SHELL: '/bin/sh', ...env },
    cwd: env.HOME,
  });
  return { child, ...gather(child) };
};

function gather(child: ChildProcessWithoutNullStreams) {
  const printed: { code: number | null; stdout: string; stderr: string } = {
    code: null,
    stdout: '',
    stderr: '',
  };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    printed.stderr += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ ...printed, code }));
  return { printed, ended };
}

/** What a terminal shows, without colours and movements. */
export const withoutEscapes = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is taken out.
  text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');
