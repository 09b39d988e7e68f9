// Where a file is written, and what is said when it cannot be.
import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';

/** Where a file is to be. */
export interface WrittenPlace {
  readonly place: string;
  /** Where it is written until it is whole, in the same folder, so that it can be renamed; undefined for a device or a pipe, which is written as it is. */
  readonly beside: string | undefined;
  /** Who may read and write the file that is replaced: the new one keeps it. */
  readonly mode: number | undefined;
}

/**
 * A link is followed: what it leads to is replaced, and not the link.
 *
 * @param method that writes, for errors. @throws G4FError `invalid-request` for what is no path, and for a folder
 */
export const placeOf = (path: string | URL, method: string): WrittenPlace => {
  const place = followed(resolve(pathOf(path, method)));
  const before = statOf(place, method);
  if (before?.isDirectory()) throw unwritten(method, place, { code: 'EISDIR' });
  const isSpecial = before !== undefined && !before.isFile();
  return {
    place,
    beside: isSpecial ? undefined : `${place}.${crypto.randomUUID()}.part`,
    mode: isSpecial ? undefined : before && before.mode & 0o777,
  };
};

/** @param path or a `file:` URL. @throws G4FError `invalid-request` for what is no path of a file */
export const pathOf = (path: string | URL, method: string): string => {
  const given: unknown = path instanceof URL ? path.href : path;
  if (typeof given !== 'string' || given.trim() === '' || given.includes('\0'))
    throw wrong(method, 'a path is needed. Give the path of a file');
  const text = /^file:/i.test(given) ? pathOfURL(given, method) : given;
  if (/[/\\]$/.test(text)) throw unwritten(method, text, { code: 'EISDIR' });
  return text;
};

const followed = (place: string): string => {
  try {
    return realpathSync(place);
  } catch {
    return place;
  }
};

function statOf(place: string, method: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (error) {
    throw unwritten(method, place, error);
  }
}

function pathOfURL(url: string, method: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw wrong(method, 'the file: URL names no file of this machine. Give the path of a file', cause);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder. Make it first',
  ENOTDIR: 'its folder is a file. Give the path of a file in a folder',
  EISDIR: 'it is a folder. Give the path of a file',
  ENOSPC: 'the disk is full. Make room, or choose another place',
  EDQUOT: 'the quota of the disk is used up. Make room, or choose another place',
  EACCES: 'writing is not permitted there. Choose another place',
  EPERM: 'writing is not permitted there. Choose another place',
  EROFS: 'the disk is read-only. Choose another place',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
};

/** The error for what stands in the place of a file. @param method for which it is opened */
export const noFile =
  (method: string, place: string) =>
  (what: string): G4FError =>
    wrong(method, `${place} is ${what}. Give the path of a file`);

/**
 * The error for a file that cannot be written.
 * @param method that was to write it. @param used which files it makes: others beside it, unless given
 */
export const unwritten = (
  method: string,
  place: string,
  error: unknown,
  used = `${dirname(place)}/*`,
): G4FError => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const why =
    notPermitted(error, used) ??
    (Object.hasOwn(REASONS, code) ? REASONS[code] : `${code || String(error)}. Choose another place`);
  return wrong(method, `${place} cannot be written: ${why}`, error);
};

const wrong = (method: string, why: string, cause?: unknown): G4FError =>
  new G4FError(`${method}: ${why}.`, { code: 'invalid-request', cause });
