// Files that only their owner may read, written whole or not at all.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../failure/exit-code.ts';

/** The text of a file, or undefined where there is none. @throws Error, in words, where it cannot be read. */
export const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(`cannot read ${file}: ${messageOf(error)}`);
  }
};

/** Writes it with mode 0600, in a folder with mode 0700, so that a reader never sees half of it. */
export const writePrivate = (file: string, text: string): void => {
  const draft = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw new Error(`cannot write ${file}: ${messageOf(error)}`);
  }
};

function removeDraft(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder could not be made: there is none.
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
