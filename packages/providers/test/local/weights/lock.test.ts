// The lock lets one at a time in, and outlives no dead owner.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withLock } from '../../../src/local/weights/lock.ts';
import { temporaryFolder } from '../fake-sources.ts';

const signal = new AbortController().signal;
const newLock = (): string => join(temporaryFolder(), 'file.lock');
const owner = (pid: number, host = hostname()): string => JSON.stringify({ pid, host, token: 'theirs' });

describe('withLock', () => {
  it('lets one at a time in', async () => {
    const file = newLock();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, { signal, pollMs: 1 }, work)));
    expect(most).toBe(1);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('is free again after a failure', async () => {
    const file = newLock();
    await expect(withLock(file, { signal }, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    expect(await withLock(file, { signal }, async () => 'next')).toBe('next');
  });

  it('waits for a living process, and takes over when it dies', async () => {
    const file = newLock();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    writeFileSync(file, owner(other.pid ?? 0));
    const said: string[] = [];
    const onWait = (): void => {
      said.push('waiting');
      other.once('exit', () => said.push('dead')).kill('SIGKILL');
    };
    await withLock(file, { signal, pollMs: 1, onWait }, async () => void said.push('mine'));
    expect(said).toEqual(['waiting', 'dead', 'mine']);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('takes over from another host only when it has shown no life for long', async () => {
    const file = newLock();
    writeFileSync(file, owner(1, 'another-host'));
    const leave = AbortSignal.timeout(50);
    await expect(withLock(file, { signal: leave, pollMs: 1 }, async () => 'taken')).rejects.toMatchObject({
      code: 'aborted',
    });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    expect(await withLock(file, { signal, pollMs: 1 }, async () => 'taken')).toBe('taken');
  });

  it('shows life while the work goes on', async () => {
    const file = newLock();
    const longAgo = new Date(Date.now() - 60_000);
    await withLock(file, { signal, staleMs: 20 }, async () => {
      utimesSync(file, longAgo, longAgo);
      await expect.poll(() => Date.now() - statSync(file).mtimeMs).toBeLessThan(30_000);
    });
  });

  it('lets a waiter go when there is nothing left to do', async () => {
    const file = newLock();
    writeFileSync(file, owner(process.pid));
    const outcome = await withLock(file, { signal, isDone: async () => true }, async () => 'worked');
    expect(outcome).toBeUndefined();
    expect(existsSync(file)).toBe(true);
  });

  it('waits for no lock without end, and says what to do', async () => {
    const file = newLock();
    writeFileSync(file, owner(process.pid));
    const polls: string[] = [];
    const isDone = async (): Promise<boolean> => polls.push('looked') < 0;
    await expect(
      withLock(file, { signal, pollMs: 1, mostPolls: 3, isDone }, async () => 'taken'),
    ).rejects.toMatchObject({
      code: 'no-provider',
      message: expect.stringMatching(/another program holds .*file\.lock .*G4F_CACHE_DIR/),
    });
    expect(polls).toHaveLength(4);
    expect(readFileSync(file, 'utf8')).toContain('theirs');
  });

  const inTheWay = [
    ['a link to a device', (file: string) => symlinkSync('/dev/zero', file)],
    ['a link to nothing', (file: string) => symlinkSync('/nowhere', file)],
    ['a fifo', (file: string) => execFileSync('mkfifo', [file])],
    ['a folder', (file: string) => mkdirSync(join(file, 'full'), { recursive: true })],
  ] as const;
  it.skipIf(process.platform === 'win32').each(inTheWay)('takes %s for no lock', async (_, plant) => {
    const file = newLock();
    plant(file);
    expect(await withLock(file, { signal, pollMs: 1 }, async () => lstatSync(file).isFile())).toBe(true);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('reads no more of a lock than ours have', async () => {
    const file = newLock();
    writeFileSync(file, `${'x'.repeat(2000)}${owner(2 ** 30)}`);
    const polls = { signal, pollMs: 1, mostPolls: 2 };
    await expect(withLock(file, polls, async () => 'taken')).rejects.toMatchObject({ code: 'no-provider' });
  });

  it('is gone again where it could not be written', async () => {
    const file = newLock();
    const handle = await open(join(dirname(file), 'other'), 'w');
    const full = Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
    const write = vi.spyOn(Object.getPrototypeOf(handle), 'writeFile').mockRejectedValue(full);
    onTestFinished(() => write.mockRestore());
    await handle.close();
    await expect(withLock(file, { signal }, async () => 'taken')).rejects.toBe(full);
    expect(readdirSync(dirname(file))).toEqual(['other']);
  });

  it('does not remove a lock that was taken from it', async () => {
    const file = newLock();
    await withLock(file, { signal }, async () => writeFileSync(file, owner(process.pid)));
    expect(readFileSync(file, 'utf8')).toContain('theirs');
  });
});
