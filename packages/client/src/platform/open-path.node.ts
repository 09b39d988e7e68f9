// A file of this machine, opened by its path.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError, type Upload } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';

/**
 * The file, which is read when it is sent.
 * @param path or a `file:` URL. @param field where it stands, for errors.
 * @throws G4FError `invalid-request` where there is no such file, or it cannot be read
 */
export const openPath = async (path: string, field: string): Promise<Upload & { readonly size: number }> => {
  const place = placeOf(path, field);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? wrong(field, 'there is no such file') : unreadable(error, place, field);
  });
  if (found.isDirectory()) throw wrong(field, 'it is a folder');
  if (!found.isFile()) throw wrong(field, 'it is no regular file');
  if (found.size === 0) throw wrong(field, 'the file is empty');
  return { name: basename(place), size: found.size, open: () => read(place, found.size, field) };
};

function placeOf(path: string, field: string): string {
  if (!/^file:/i.test(path)) return path;
  try {
    return fileURLToPath(path);
  } catch {
    throw wrong(field, 'the file: URL names no file of this machine');
  }
}

/** Not one byte more than was there at first: the length of the request has been said. */
async function* read(place: string, size: number, field: string): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const piece of createReadStream(place, { end: size - 1 })) {
      length += piece.length;
      yield piece;
    }
  } catch (error) {
    throw unreadable(error as NodeJS.ErrnoException, place, field);
  }
  if (length < size) throw wrong(field, 'the file became shorter while it was read');
}

function unreadable(error: NodeJS.ErrnoException, place: string, field: string): G4FError {
  const denied = notPermitted(error, resolve(place));
  return denied === undefined
    ? wrong(field, `it cannot be read (${error.code})`)
    : new G4FError(`${field}: ${denied}.`, { code: 'invalid-request', cause: error });
}

const wrong = (field: string, why: string): G4FError =>
  new G4FError(`${field}: ${why}. Give the path of a file, bytes, a Blob or a data URL.`, {
    code: 'invalid-request',
  });
