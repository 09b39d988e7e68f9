// What is said when a store cannot be read or written.
import { G4FError } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder. Make it first',
  ENOTDIR: 'a part of its path is a file. Choose another place',
  EEXIST: 'it is a file where a folder is needed. Choose another place',
  EISDIR: 'it is a folder where a file is needed. Choose another place',
  ENOSPC: 'the disk is full. Make room, and send again',
  EDQUOT: 'the quota of the disk is used up. Make room, and send again',
  EFBIG: 'the file may not grow any more. Choose another place',
  EACCES: 'it is not permitted. Choose another place',
  EPERM: 'it is not permitted. Choose another place',
  EROFS: 'the disk is read-only. Choose another place',
  EMFILE: 'too many files are open. Close some',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
};

/**
 * @param what such as `fileStore: /conversations/a.jsonl cannot be written`. @param folder of which all files are used
 */
export const storeError = (what: string, error: unknown, folder: string): G4FError => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const why =
    notPermitted(error, `${folder}/*`) ??
    (Object.hasOwn(REASONS, code) ? REASONS[code] : `${code || 'it failed'}. Choose another place`);
  return damaged(`${what}: ${why}`, error);
};

/** The error for what stands in the place of a file. @param place such as `fileStore: /conversations/a.jsonl` */
export const noFile =
  (place: string) =>
  (what: string): G4FError =>
    damaged(`${place} is ${what} where a file is needed. Move it away, or choose another place`);

/** The error of one sentence. */
export const damaged = (what: string, cause?: unknown): G4FError =>
  new G4FError(`${what}.`, { code: 'invalid-request', cause });
