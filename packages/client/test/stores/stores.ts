// The stores that are on a disk, by one form; and processes that use them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { LocalStore } from '../../src/conversations/stored-conversation.ts';
import { fileStore } from '../../src/stores/file-store.ts';
import { sqliteStore } from '../../src/stores/sqlite-store.ts';

/** Opens a store in a folder; the process is told its place. */
export const DISK_STORES: readonly (readonly [
  'file' | 'sqlite',
  (folder: string) => { store: LocalStore; place: string },
])[] = [
  ['file', (folder) => ({ store: fileStore(join(folder, 'kept')), place: join(folder, 'kept') })],
  ['sqlite', (folder) => ({ store: sqliteStore(join(folder, 'kept.db')), place: join(folder, 'kept.db') })],
];

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-stores-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A process with a conversation: see fixtures/conversation.mjs. */
export const speaker = (...args: readonly string[]): ChildProcess => {
  const file = join(inject('fromSources'), 'fixtures/conversation.mjs');
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

/** Waits until a process has said these words. @returns all that it said */
export const heard = async ({ stdout }: ChildProcess, words: string): Promise<string> => {
  let said = '';
  if (stdout === null) throw new Error('it has no stdout');
  for await (const piece of stdout) {
    said += piece;
    if (said.includes(words)) break;
  }
  return said;
};

/** Waits for the end of a process. @returns its exit code */
export const ended = async (child: ChildProcess): Promise<unknown> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = await once(child, 'exit');
  return code;
};
