// A server that says nothing and does not end by itself does not outlive the program that started it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';

const SILENT = `require('node:fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000);`;

/** Ends while it gives up connecting. */
const PROGRAM = `
const { mcpTools } = await import(process.argv[1]);
const server = { command: process.execPath, args: ['-e', process.argv[2], process.argv[3]] };
const { readFile } = await import('node:fs/promises');
const wait = () => readFile(process.argv[3]).catch(() => new Promise((resolve) => setTimeout(resolve, 5)).then(wait));
const leaving = new AbortController();
mcpTools({ ...server, signal: leaving.signal }).catch(() => undefined);
await wait();
leaving.abort();
setImmediate(() => process.exit());
`;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Twelve servers. */
const MANY = `
const { mcpTools } = await import(process.argv[1]);
process.on('warning', ({ message }) => console.log(message));
for (let at = 0; at < 12; at++)
  mcpTools({ name: 's' + at, command: process.execPath, args: ['-e', process.argv[2], process.argv[3] + at] }).catch(() => undefined);
const { readFile } = await import('node:fs/promises');
const wait = (file) => readFile(file).catch(() => new Promise((resolve) => setTimeout(resolve, 5)).then(() => wait(file)));
for (let at = 0; at < 12; at++) await wait(process.argv[3] + at);
setTimeout(() => process.exit(), 300);
`;
const MUTE = `require('node:fs').closeSync(2); ${SILENT}`;

it('many end without a warning, those too that closed their standard error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-left-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const place = join(folder, 'pid');
  const door = pathToFileURL(inject('door')).href;
  const args = ['--input-type=module', '-e', MANY, door, MUTE, place];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe('');
  for (let at = 0; at < 12; at++) {
    const pid = Number(await readFile(place + at, 'utf8'));
    onTestFinished(() => void (isRunning(pid) && process.kill(pid, 'SIGKILL')));
    await expect.poll(() => isRunning(pid)).toBe(false);
  }
});

it('ends with a program that ends while it gives up connecting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-left-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const place = join(folder, 'pid');
  const door = pathToFileURL(inject('door')).href;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM, door, SILENT, place]);
  const pid = Number(await readFile(place, 'utf8'));
  onTestFinished(() => void (isRunning(pid) && process.kill(pid, 'SIGKILL')));
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isRunning(pid)).toBe(false);
});
