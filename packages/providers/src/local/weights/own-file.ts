// Opens files in a cache folder that others may write to: never through a link, and never a file that is not ours alone.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { systemCode } from '../failures/failure.ts';

/** What is not there on Windows: links are seen by `lstat` there. Without the second, a fifo would block its opener. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR, O_CREAT, O_EXCL } = constants;
const OURS_ALONE = 0o600;

/** Whose files may be gone on with; undefined where a system has no such numbers. */
const OWN_USER = process.getuid?.();

/**
 * Whether the file can be written to as if it were new: a plain file under this one name, of this user. A second name
 * (a hard link) may belong to any file of the user.
 * @param user its number; this process's unless given.
 */
export const isOwnFile = (info: Stats, user = OWN_USER): boolean =>
  info.isFile() && info.nlink === 1 && (user === undefined || info.uid === user);

/** A new, empty file that only this user may read, in the place of whatever had its name. */
export const createOwnFile = async (file: string): Promise<FileHandle> => {
  await rm(file, { recursive: true, force: true });
  return open(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, OURS_ALONE);
};

/** The file to be gone on with, if it is there and ours; else a new one. */
export const openOwnFile = async (file: string): Promise<FileHandle> => {
  // What cannot be opened was made by somebody else.
  const found = await openPlainFile(file, O_RDWR).catch(() => undefined);
  if (found === undefined) return createOwnFile(file);
  if (isOwnFile(await found.stat())) return found;
  await found.close();
  return createOwnFile(file);
};

/**
 * The file for reading; undefined if there is none, or something else under its name: a link, a fifo, a device, a folder.
 * @throws the system's error where it is there and cannot be read.
 */
export const openPlainFile = async (
  file: string,
  access: number = O_RDONLY,
): Promise<FileHandle | undefined> => {
  try {
    if (!(await lstat(file)).isFile()) return undefined;
    const handle = await open(file, access | O_NOFOLLOW | O_NONBLOCK);
    // It may have been exchanged since.
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return undefined;
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'EMLINK', 'ENXIO', 'EISDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
};
