// Files that only their owner may read, written whole or not at all.
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { notAFile } from '@g4f/core/internal';
import { messageOf } from '../failure/exit-code.ts';

const { O_NONBLOCK = 0, O_RDONLY } = constants;

/**
 * What `use` gives of a file that is open. It is opened without waiting, because the opening of a pipe waits for its other end.
 * @throws Error for a folder, a pipe or a device; else what the system or `use` throws.
 */
export const withFile = <T>(path: string, flags: number, use: (file: number) => T): T => {
  const file = openSync(path, flags | O_NONBLOCK, 0o600);
  try {
    const what = notAFile(fstatSync(file));
    if (what !== undefined) throw new Error(`it is ${what}, and must be a file. Move it away`);
    return use(file);
  } finally {
    closeSync(file);
  }
};

/** The text of a file, or undefined where there is none. @throws Error, in words, where it cannot be read. */
export const readText = (file: string): string | undefined => {
  try {
    return withFile(file, O_RDONLY, (open) => readFileSync(open, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(`cannot read ${file}: ${messageOf(error)}`);
  }
};

/** Writes it with mode 0600, in a folder with mode 0700, so that a reader never sees half of it. A link stays, and its file is written. */
export const writePrivate = (file: string, text: string): void => {
  let draft: string | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const target = targetOf(file);
    draft = `${target}.${randomUUID()}`;
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    chmodSync(draft, 0o600);
    renameSync(draft, target);
  } catch (error) {
    if (draft !== undefined) removeDraft(draft);
    throw new Error(`cannot write ${file}: ${messageOf(error)}`);
  }
};

/** Where a file is that a link may name. @throws Error for what is no file, such as a device or a pipe, which must not be replaced */
function targetOf(file: string): string {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return file;
  const target = realpathSync(file);
  if (!statSync(target).isFile()) throw new Error('it is not a file. Name another one');
  return target;
}

function removeDraft(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder could not be made: there is none.
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
