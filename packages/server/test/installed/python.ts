// A Python environment of the tests' own, with the libraries in pinned versions.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAMS = join(import.meta.dirname, 'programs');
/** No prompt, no colours, no keys or proxies of this machine. */
const { PATH, CI } = process.env;

/** An environment that is there, or why there is none. */
export type Python = { readonly missing: string } | PythonEnvironment;

/** A folder with Python and the libraries. */
export interface PythonEnvironment {
  readonly missing?: undefined;
  readonly folder: string;
  /** Runs one of `programs/`, and reads the JSON that it prints. */
  program(name: string, ...args: readonly string[]): Promise<unknown>;
  /** Runs a command that a library brings. @returns what it printed; fails with what it printed if it fails */
  command(name: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Installs the libraries (`openai==3.57.0`, …) from Python's package index.
 * @throws in CI, where nothing may be missing
 */
export const installPython = async (libraries: readonly string[]): Promise<Python> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-python-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const bin = (name: string): string => join(folder, 'bin', name);
  try {
    await run('python3', ['-m', 'venv', folder]);
    const options = ['--quiet', '--disable-pip-version-check', '--no-input'];
    await writeFile(join(folder, 'requirements.txt'), libraries.join('\n'));
    await run(bin('python'), ['-m', 'pip', 'install', ...options, '-r', join(folder, 'requirements.txt')]);
  } catch (error) {
    await remove();
    const missing = `python3 with venv and pip, and its package index, are needed: ${lastLine(error)}`;
    if (CI !== undefined) throw new Error(missing);
    return { missing };
  }
  const inFolder = async (file: string, args: readonly string[], env = {}): Promise<string> => {
    const options = { cwd: folder, env: { PATH, HOME: folder, NO_COLOR: '1', TERM: 'dumb', ...env } };
    const running = run(file, [...args], options);
    // llm reads a question from there as long as it is open.
    running.child.stdin?.end();
    const { stdout } = await running.catch((failed) => {
      throw new Error(`${file} ${args.join(' ')}\n${failed.stdout}\n${failed.stderr}`);
    });
    return stdout;
  };
  return {
    folder,
    remove,
    program: async (name, ...args) =>
      JSON.parse(
        await inFolder(bin('python'), [join(PROGRAMS, name), ...args], { PYTHONDONTWRITEBYTECODE: '1' }),
      ),
    command: (name, args, env) => inFolder(bin(name), args, env),
  };
};

const lastLine = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? '';
};
