// A server that does not end by itself does not outlive the program that started it, however that ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, inject, it, onTestFinished } from 'vitest';

/** Says nothing but, in a file, its id. */
const SILENT = `require('node:fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000);`;
/** The same, without a standard error. */
const MUTE = `require('node:fs').closeSync(2); ${SILENT}`;

/** What the programs have in common. */
const PREPARED = `
const [, door, code, place] = process.argv;
const { mcpTools } = await import(door);
const { readFile } = await import('node:fs/promises');
const open = (file, more) => mcpTools({ command: process.execPath, args: ['-e', code, file], ...more });
const started = (file) => readFile(file, 'utf8').then(
  (id) => id || Promise.reject(),
).catch(() => new Promise((resolve) => setTimeout(resolve, 5)).then(() => started(file)));
`;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Runs a program to its end. @returns what it printed, and the ids of the servers that it started */
async function run(program: string, server: string, count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-left-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const place = join(folder, 'pid');
  const args = ['--input-type=module', '-e', PREPARED + program];
  const child = spawn(process.execPath, [...args, pathToFileURL(inject('door')).href, server, place]);
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const pids = await Promise.all(
    Array.from({ length: count }, async (_, at) => Number(await readFile(place + at, 'utf8'))),
  );
  onTestFinished(() => pids.filter(isRunning).forEach((pid) => void process.kill(pid, 'SIGKILL')));
  return { printed, pids };
}

it.each([
  [
    'ends while it connects',
    `
const leaving = new AbortController();
open(place + 0, { signal: leaving.signal }).catch(() => undefined);
await started(place + 0);
leaving.abort();
setImmediate(() => process.exit());`,
  ],
  [
    'is killed as soon as it knows that it cannot connect',
    `
const leaving = new AbortController();
const opened = open(place + 0, { signal: leaving.signal });
await started(place + 0);
leaving.abort();
await opened.catch(() => process.kill(process.pid, 'SIGKILL'));`,
  ],
])('ends with a program that %s', async (_, program) => {
  const { pids } = await run(program, SILENT, 1);
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
});

it('many end without a warning, those too that closed their standard error', async () => {
  const program = `
process.on('warning', ({ message }) => console.log(message));
const files = Array.from({ length: 12 }, (_, at) => place + at);
for (const [at, file] of files.entries()) open(file, { name: 's' + at }).catch(() => undefined);
for (const file of files) await started(file);
process.exit();`;
  const { printed, pids } = await run(program, MUTE, 12);
  expect(printed).toBe('');
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
});
