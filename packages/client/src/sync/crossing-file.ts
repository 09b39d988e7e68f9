// A file on its way to the worker thread: paths, addresses, bytes and Blobs cross, streams cannot.
import { G4FError } from '@g4f/core';
import { isAsyncIterable } from '@g4f/core/internal';
import { isFields } from '../options/plain-value.ts';

/**
 * The file, or the list of files, in a form that structured clone carries. What is no file is refused by the worker, in the words
 * AsyncClient uses.
 *
 * @param field where it stands among the parameters. @throws G4FError `invalid-request` for a stream
 */
export const crossingFile = (value: unknown, field: string): unknown => {
  if (value instanceof URL) return value.href;
  // A File would lose its name.
  if (value instanceof Blob) {
    const name = nameOf(value);
    const data = crossingBlob(value, field);
    return name === undefined ? data : { data, name };
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  if (Array.isArray(value)) return value.map((one, at) => crossingFile(one, `${field}[${at}]`));
  if (isAsyncIterable(value) || typeof value === 'function' || typeof value === 'symbol')
    throw cannotCross(field);
  if (!isFields(value)) return value;
  // What is no file is nothing here, so that no field of it fails on its way.
  if (!Object.hasOwn(value, 'data')) return {};
  const { data, name = nameOf(data), type } = value;
  return {
    data: data instanceof Blob ? crossingBlob(data, `${field}.data`) : crossingFile(data, `${field}.data`),
    ...(name != null && { name: textOrNone(name) }),
    ...(type != null && { type: textOrNone(type) }),
  };
};

/** An empty name is none. */
const nameOf = (value: unknown): unknown =>
  value instanceof Blob && 'name' in value && value.name !== '' ? value.name : undefined;

/**
 * A Blob without its name.
 * @throws G4FError `invalid-request` for a file of the disk (`openAsBlob`): a copy of it would end the process when the worker reads it.
 */
function crossingBlob(blob: Blob, field: string): Blob {
  try {
    structuredClone(blob);
  } catch {
    throw cannotCross(field);
  }
  return 'name' in blob ? blob.slice(0, blob.size, blob.type) : blob;
}

const cannotCross = (field: string): G4FError =>
  new G4FError(
    `Client: ${field} cannot cross to the worker thread. Give a path, bytes or a Blob, or use AsyncClient.`,
    { code: 'invalid-request' },
  );

/** False is refused as whatever it stands for would be. */
const textOrNone = (value: unknown): string | false => (typeof value === 'string' ? value : false);
