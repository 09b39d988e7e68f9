// Lets one process or thread at a time do a piece of work; the others wait. A lock whose owner died is taken over.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftByCaller, systemCode } from './failure.ts';

/** How the lock behaves; times in ms. */
export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once, when somebody else holds the lock. */
  onWait?(): void;
  /** Whether there is nothing left to do, so that waiting may end without the lock. */
  isDone?(): Promise<boolean>;
  readonly pollMs?: number;
  /** How old the owner's last sign of life may be; it gives one every quarter of this time. */
  readonly staleMs?: number;
}

const POLL_MS = 200;
const STALE_MS = 30_000;

/**
 * Runs `work` while holding the lock file. The file names its owner and is touched while the work goes on: a lock is
 * dead when its process is gone (on this host), or when it has not been touched for `staleMs` (another host, a
 * container, a process id that was given out again).
 *
 * @returns what `work` returned, or undefined when `isDone` said so first.
 * @throws what `work` throws; the file system's error when the lock cannot be made; `aborted` when the signal is.
 */
export const withLock = async <T>(
  file: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  const { signal, isDone, pollMs = POLL_MS, staleMs = STALE_MS } = options;
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  for (let waiting = false; !(await acquire(file, mine)); ) {
    if (signal.aborted) throw leftByCaller(signal);
    if (await isDone?.()) return undefined;
    if (await removeIfDead(file, staleMs)) continue;
    if (!waiting) options.onWait?.();
    waiting = true;
    await sleep(pollMs, undefined, { signal }).catch(() => {});
  }
  const touch = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), staleMs / 4);
  touch.unref();
  try {
    return await work();
  } finally {
    clearInterval(touch);
    if ((await read(file)) === mine) await rm(file, { force: true });
  }
};

async function acquire(file: string, mine: string): Promise<boolean> {
  try {
    await writeFile(file, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    // Windows says so while the old file is being deleted.
    if (systemCode(error) === 'EPERM' && (await read(file)) !== undefined) return false;
    throw error;
  }
}

const read = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** Whether a dead lock was removed. Renaming first makes sure that only one of several waiters does it. */
async function removeIfDead(file: string, staleMs: number): Promise<boolean> {
  const [owner, info] = await Promise.all([read(file), stat(file).catch(() => undefined)]);
  if (owner === undefined || info === undefined) return false;
  if (Date.now() - info.mtimeMs < staleMs && ownerLives(owner)) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  // Between reading and renaming another waiter may have put its own, living lock there: give that one back.
  if ((await read(aside)) === owner) await rm(aside, { force: true });
  else await rename(aside, file).catch(() => rm(aside, { force: true }));
  return true;
}

/** False only if the owner is known to be gone. A lock file that is still being written is empty: its owner lives. */
function ownerLives(owner: string): boolean {
  const named = /"pid":(\d+),"host":("(?:[^"\\]|\\.)*")/.exec(owner);
  if (named?.[1] === undefined || named[2] !== JSON.stringify(hostname())) return true;
  try {
    process.kill(Number(named[1]), 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
