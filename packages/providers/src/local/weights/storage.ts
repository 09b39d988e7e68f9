// Makes sure that the cache folder can take a download, and says what is wrong with it when it cannot.
import { mkdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type G4FError, isG4FError } from '@g4f/core';
import { deniedFlag } from '@g4f/core/internal';
import { localError, megabytes, systemCode } from '../failures/failure.ts';

const READ_ONLY: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST']);
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const PRIVATE = { mode: 0o700 };
const ADVICE = 'Set G4F_CACHE_DIR to a folder with enough room that you may write to';

/** The folder for a file of weights. */
export interface Room {
  readonly folder: string;
  /** How much room is needed, in bytes. */
  readonly bytes: number;
  /** The variable that names a file of the user's own, which needs no room. */
  readonly variable: string;
}

/** A failed write as an error a person can act on; undefined when the failure has nothing to do with the folder. */
export const storageFailure = (thrown: unknown, room: Room): G4FError | undefined => {
  const { folder, bytes, variable } = room;
  const code = systemCode(thrown);
  if (isG4FError(thrown) || code === undefined) return undefined;
  const flag = deniedFlag(thrown);
  if (flag !== undefined) return notAllowed(folder, flag, thrown);
  if (FULL.has(code)) return diskFull(room, thrown);
  if (!READ_ONLY.has(code)) return undefined;
  return localError(
    'no-provider',
    `the folder ${folder} cannot be written to (${code}), and the model needs ${megabytes(bytes)} MB there. ${ADVICE}, or ${variable} to a GGUF file that you have.`,
    thrown,
  );
};

/** The runtime's permission model refuses the cache folder, and would again. */
export const notAllowed = (folder: string, flag: string, cause?: unknown): G4FError =>
  localError(
    'invalid-request',
    `this program may not use ${folder}: the runtime's permission model forbids it. Start it with ${flag} as well.`,
    cause,
  );

const diskFull = ({ folder, bytes }: Room, cause?: unknown): G4FError =>
  localError(
    'no-provider',
    `the disk is full: the model needs ${megabytes(bytes)} MB in ${folder}. Free some space. Or: ${ADVICE}.`,
    cause,
  );

/**
 * Creates the folder and checks its free space before a byte is fetched.
 * @throws G4FError `no-provider` naming the folder, the bytes and what to do.
 */
export const prepareFolder = async (room: Room): Promise<void> => {
  try {
    await makeFolder(room.folder);
  } catch (error) {
    throw storageFailure(error, room) ?? error;
  }
  const free = await freeBytes(room.folder);
  if (free < room.bytes) throw diskFull(room);
};

/**
 * Creates the folder and what is missing above it, for this user alone. Not by mkdir's own `recursive`, which never returns where a file
 * system says "no such file" to every new folder, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, PRIVATE);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, PRIVATE).catch(async (again: unknown) => {
      // Another process may have been quicker.
      if (systemCode(again) !== 'EEXIST') throw again;
    });
  }
}

/** Free bytes for this user; without end where the file system does not say. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
