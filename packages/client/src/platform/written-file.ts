// Where a file is written, and what is said when it cannot be.
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError } from '@g4f/core';

/** Where it is to be, and where it is written until it is whole: in the same folder, so that it can be renamed. */
export interface WrittenPlace {
  readonly place: string;
  readonly beside: string;
}

/** @param path or a `file:` URL. @throws G4FError `invalid-request` for what is no path */
export const placeOf = (path: string | URL): WrittenPlace => {
  const given: unknown = path instanceof URL ? path.href : path;
  if (typeof given !== 'string' || given.trim() === '' || given.includes('\0')) throw noPath();
  const place = resolve(/^file:/i.test(given) ? pathOf(given) : given);
  return { place, beside: `${place}.${randomUUID()}.part` };
};

/** Who may read and write a file that is replaced: the new one keeps it. */
export const modeOf = ({ mode }: { readonly mode: number }): number => mode & 0o777;

/** The path of a `file:` URL. */
function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw noPath(cause);
  }
}

const noPath = (cause?: unknown): G4FError =>
  new G4FError('toFile() takes the path of a file of this machine.', { code: 'invalid-request', cause });

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'nothing can be written there',
  EISDIR: 'it is a folder',
};

/** The error for a file that cannot be written. */
export const unwritten = (place: string, error: unknown): G4FError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = Object.hasOwn(REASONS, code) ? REASONS[code] : code || String(error);
  return new G4FError(`toFile(): ${place} cannot be written: ${why}. Give another path.`, {
    code: 'invalid-request',
    cause: error,
  });
};
