// Lets one process or thread at a time do a piece of work; the others wait. A lock whose owner died is taken over.
import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftByCaller, localError, systemCode } from '../failures/failure.ts';
import { openPlainFile } from './own-file.ts';

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
  /** How often it is looked whether the lock is free, `pollMs` apart; so long that another may fetch the model slowly. */
  readonly mostPolls?: number;
}

const POLL_MS = 200;
const STALE_MS = 30_000;
/** 20 minutes: 98 MB at 0.7 Mbit/s. */
const MOST_POLLS = 6000;
/** Ours has about 150. What is longer is no lock of ours, and is not read. */
const LONGEST_LOCK_BYTES = 1024;

/**
 * Runs `work` while holding the lock file. The file names its owner and is touched while the work goes on: a lock is
 * dead when its process is gone (on this host), or when it has not been touched for `staleMs` (another host, a
 * container, a process id that was given out again).
 *
 * @returns what `work` returned, or undefined when `isDone` said so first.
 * @throws what `work` throws; the file system's error when the lock cannot be made; `aborted` when the signal is;
 *   `no-provider` when the lock is still another's after `mostPolls`.
 */
export const withLock = async <T>(
  file: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  const { signal, isDone, pollMs = POLL_MS, staleMs = STALE_MS, mostPolls = MOST_POLLS } = options;
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  let held = await acquire(file, mine);
  let waiting = false;
  for (let polls = 0; held === undefined; polls++) {
    if (signal.aborted) throw leftByCaller(signal);
    if (await isDone?.()) return undefined;
    if (polls === mostPolls) throw heldByOthers(file);
    // A lock that comes back again and again must not keep us busy either.
    if (!(await removeIfDead(file, staleMs)) || polls > 1) {
      if (!waiting) options.onWait?.();
      waiting = true;
      await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
    held = await acquire(file, mine);
  }
  const handle = held;
  const touch = setInterval(() => void handle.utimes(new Date(), new Date()).catch(() => {}), staleMs / 4);
  touch.unref();
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await handle.close();
    if ((await read(file)) === mine) await rm(file, { force: true });
  }
};

const heldByOthers = (file: string): Error =>
  localError(
    'no-provider',
    `another program holds ${file} and does not let go of it. End that program, delete the file if there is none, or set G4F_CACHE_DIR to a folder that is yours alone.`,
  );

async function acquire(file: string, mine: string): Promise<FileHandle | undefined> {
  try {
    // "x": made by us or not at all, and no link is followed.
    const handle = await open(file, 'wx', 0o600);
    return await handle.writeFile(mine).then(
      () => handle,
      async (error: unknown) => {
        await handle.close();
        await rm(file, { force: true });
        throw error;
      },
    );
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return undefined;
    // Windows says so while the old file is being deleted.
    if (systemCode(error) === 'EPERM' && (await read(file)) !== undefined) return undefined;
    throw error;
  }
}

/** What a lock says, cut; undefined where there is none, or where a link, a fifo or a folder has its name. */
async function read(file: string): Promise<string | undefined> {
  const handle = await openPlainFile(file).catch(() => undefined);
  try {
    const { buffer, bytesRead } =
      (await handle?.read(Buffer.alloc(LONGEST_LOCK_BYTES), 0, LONGEST_LOCK_BYTES, 0)) ?? {};
    return buffer?.toString('utf8', 0, bytesRead);
  } finally {
    await handle?.close();
  }
}

/** Whether a dead lock was removed. Renaming first makes sure that only one of several waiters does it. */
async function removeIfDead(file: string, staleMs: number): Promise<boolean> {
  const info = await lstat(file).catch(() => undefined);
  if (info === undefined) return false;
  const owner = await read(file);
  // What is no plain file was not made by us: no process holds it.
  if (info.isFile() && Date.now() - info.mtimeMs < staleMs && (owner === undefined || ownerLives(owner)))
    return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  // Between reading and renaming another waiter may have put its own, living lock there: give that one back.
  if ((await read(aside)) === owner) await rm(aside, { recursive: true, force: true });
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
