// Opens a file of a folder in which others may have put anything under its name.
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { damaged } from './store-error.ts';

const { O_NONBLOCK = 0 } = constants;

/**
 * What `use` gives of the file and its size. It is opened without waiting: the opening of a pipe waits for its other end, and a device
 * has no end.
 *
 * @param flags of `node:fs`, and the mode of a new file is that of its owner alone.
 * @throws G4FError `invalid-request` for a folder, a pipe or a device; else what the system or `use` throws
 */
export const withPlainFile = <T>(path: string, flags: number, use: (file: number, size: number) => T): T => {
  const file = openSync(path, flags | O_NONBLOCK, 0o600);
  try {
    const info = fstatSync(file);
    if (!info.isFile()) throw damaged(`fileStore: ${path} is no plain file. Move it away`);
    return use(file, info.size);
  } finally {
    closeSync(file);
  }
};
