// A file that the caller gave, in whatever form, as a provider receives it.
import { type BodyStream, G4FError, type Upload } from '@g4f/core';
import { isAsyncIterable } from '@g4f/core/internal';
import { readDataURL } from '@g4f/providers/parts';
import { openPath } from '#platform/open-path';
import type { OpeningCall } from '../attempt/call-life.ts';
import { isFields } from '../options/plain-value.ts';
import { download } from './download.ts';
import { extensionOf, typeOfName } from './media-types.ts';

/**
 * The file. What is a path or an address is looked at at once, so that what is wrong is said before anything is sent.
 *
 * @param field where it stands among the parameters, for errors. @param kind the first part of the name of bytes that have none.
 * @param call with which a download ends.
 * @throws G4FError `invalid-request` for what is no file, or cannot be read; `network` for an address that does not answer
 */
export const toUpload = async (
  value: unknown,
  field: string,
  kind = 'file',
  call?: OpeningCall,
): Promise<Upload> => {
  if (!isNamed(value)) return withType(await read(value, field, kind, call), undefined, undefined, kind);
  const { data, name, type } = value;
  return withType(
    await read(data, `${field}.data`, kind, call),
    textIn(name, `${field}.name`),
    textIn(type, `${field}.type`),
    kind,
  );
};

/** @throws G4FError `invalid-request` for what is no text, and for an empty one */
function textIn(value: unknown, path: string): string | undefined {
  if (value == null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new G4FError(
    `${path}: a text was expected. Give the file a name with an extension, or leave it out.`,
    {
      code: 'invalid-request',
    },
  );
}

interface Content extends Omit<Upload, 'name'> {
  readonly name?: string | undefined;
}

const isNamed = (value: unknown): value is Record<'data' | 'name' | 'type', unknown> =>
  isFields(value) && Object.hasOwn(value, 'data') && !(value instanceof Blob);

/** Services tell the format by the name: bytes whose type is known get one with its extension. */
function withType(
  content: Content,
  name: string | undefined,
  type: string | undefined,
  kind: string,
): Upload {
  const known = name ?? content.name;
  const found = type ?? content.type ?? (known === undefined ? undefined : typeOfName(known));
  const extension = found === undefined ? undefined : extensionOf(found);
  return {
    ...content,
    name: known ?? (extension === undefined ? kind : `${kind}.${extension}`),
    type: found,
  };
}

async function read(
  value: unknown,
  field: string,
  kind: string,
  call: OpeningCall | undefined,
): Promise<Content> {
  if (typeof value === 'string' || value instanceof URL) return readText(String(value), field, call);
  if (value instanceof ArrayBuffer) return ofBytes(new Uint8Array(value), field);
  if (ArrayBuffer.isView(value))
    return ofBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), field);
  if (value instanceof Blob) return ofBlob(value, field);
  if (isAsyncIterable(value)) return ofStream(value as BodyStream, field, kind);
  throw noFile(field);
}

async function readText(text: string, field: string, call: OpeningCall | undefined): Promise<Content> {
  if (/^data:/i.test(text)) return ofDataURL(text, field);
  if (/^https?:/i.test(text)) return download(text, field, call);
  if (text.trim() === '' || text.includes('\0')) throw noFile(field);
  return openPath(text, field);
}

function ofBytes(bytes: Uint8Array, field: string, type?: string): Content {
  if (bytes.length === 0) throw empty(field);
  // A copy: the caller may change his bytes before they are sent again.
  const own = bytes.slice();
  return { size: own.length, type, open: () => once(own) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function ofBlob(blob: Blob, field: string): Content {
  if (blob.size === 0) throw empty(field);
  const name = 'name' in blob && typeof blob.name === 'string' && blob.name !== '' ? blob.name : undefined;
  const { size, type } = blob;
  return { size, name, type: type || undefined, open: () => pieces(blob) };
}

async function* pieces(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
}

/** A stream is gone once it has been read: an attempt that follows is refused. */
function ofStream(stream: BodyStream, field: string, kind: string): Content {
  let isRead = false;
  return {
    name: nameOf(stream),
    isSpent: () => isRead,
    open() {
      if (isRead) throw gone(field, kind);
      isRead = true;
      return stream;
    },
  };
}

/** The last part of the path with which a stream of `node:fs` was opened: a text or bytes. */
function nameOf(stream: object): string | undefined {
  const path: unknown = 'path' in stream ? stream.path : undefined;
  const text = path instanceof Uint8Array ? new TextDecoder().decode(path) : path;
  return typeof text === 'string' ? text.split(/[\\/]/).pop() || undefined : undefined;
}

function ofDataURL(text: string, field: string): Content {
  const { mediaType = undefined, base64 = '' } = readDataURL(text, field) ?? {};
  return ofBytes(bytesOf(base64, field), field, mediaType);
}

function bytesOf(base64: string, field: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), byteOf);
  } catch {
    throw new G4FError(`${field}: the data URL is not valid base64. Check that its data is whole.`, {
      code: 'invalid-request',
    });
  }
}

const byteOf = (character: string): number => character.charCodeAt(0);

const empty = (field: string): G4FError =>
  new G4FError(`${field}: it is empty. Give a file with something in it.`, { code: 'invalid-request' });

const noFile = (field: string): G4FError =>
  new G4FError(
    `${field}: a file was expected: a path, an address, a data URL, bytes, a Blob, a stream, or { data, name }.`,
    { code: 'invalid-request' },
  );

const gone = (field: string, kind: string): G4FError =>
  new G4FError(
    `${field}: a stream can be sent once, and it has been. Give the ${kind} as a path, a Blob or bytes, so that it can be sent again.`,
    { code: 'invalid-request' },
  );
