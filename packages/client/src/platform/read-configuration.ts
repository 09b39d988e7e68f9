// Reads a file that a variable of the environment names: a plain file of a size that a configuration can have, or nothing.
import { notAFile, type PlaceKind } from '@g4f/core/internal';

/**
 * The text of the file. It is opened without waiting, because the opening of a fifo waits for its writer, and read up to
 * the limit, because what /proc and some network drives hold is longer than its size says.
 *
 * `node:fs` is not imported, because the browser's build has no files.
 * @throws the system's error; Error where it is a folder, a fifo or a device, or longer than `most` bytes.
 */
export const readConfiguration = (path: string, most: number): string => {
  const fs = globalThis.process.getBuiltinModule('node:fs');
  const { O_RDONLY, O_NONBLOCK = 0 } = fs.constants;
  // Looked at first: to open some devices does something.
  refuseUnlessFile(fs.statSync(path), path);
  const file = fs.openSync(path, O_RDONLY | O_NONBLOCK);
  try {
    const info = fs.fstatSync(file);
    refuseUnlessFile(info, path);
    if (info.size > most) throw tooLong(path, most);
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    for (;;) {
      const read = fs.readSync(file, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0 || length === bytes.length) break;
    }
    if (length > most) throw tooLong(path, most);
    return bytes.toString('utf8', 0, length);
  } finally {
    fs.closeSync(file);
  }
};

function refuseUnlessFile(info: PlaceKind, path: string): void {
  const what = notAFile(info);
  if (what !== undefined) throw new Error(`${path} is ${what}; it must be a file`);
}

const tooLong = (path: string, most: number): Error => new Error(`${path} has more than ${most} bytes`);
