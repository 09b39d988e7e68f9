// Opens a file of which others may have put anything under its name.
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { notAFile } from '@g4f/core/internal';

const { O_NONBLOCK = 0 } = constants;

/**
 * What `use` gives of the file and its size. It is opened without waiting: the opening of a pipe waits for its other end, and a device
 * has no end.
 *
 * @param flags of `node:fs`, to read or to do both; the mode of a new file is that of its owner alone.
 * @param refused the error where it is something else, such as `a pipe`.
 * @throws what `refused` makes; else what the system or `use` throws
 */
export const withPlainFile = <T>(
  path: string,
  flags: number,
  refused: (what: string) => Error,
  use: (file: number, size: number) => T,
): T => {
  const file = openSync(path, flags | O_NONBLOCK, 0o600);
  try {
    const info = fstatSync(file);
    const what = notAFile(info);
    if (what !== undefined) throw refused(what);
    return use(file, info.size);
  } finally {
    closeSync(file);
  }
};
