// Files of OpenAI's library: what `toFile` makes, and what stands where a file is expected.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/README.md#file-uploads
import type { Uploadable as G4FUploadable } from '@g4f/client';
import { BadRequestError, OpenAIError } from '../errors/errors.ts';

type Bytes = string | ArrayBuffer | ArrayBufferView | Blob;

/** What a file is made of; of a `Response` its body. */
export type ToFileInput = Bytes | Response | AsyncIterable<string | Uint8Array>;

/** What stands where a file is expected: a File or Blob, a `Response`, bytes, or a stream such as that of `fs.createReadStream`. */
export type Uploadable = Blob | Response | ArrayBuffer | Uint8Array | AsyncIterable<Uint8Array>;

const isResponse = (value: unknown): value is Response =>
  typeof value === 'object' && value !== null && 'blob' in value && 'url' in value;

const isIterable = (value: unknown): value is AsyncIterable<string | Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The last part of a path or an address. */
const lastPart = (path: unknown): string | undefined =>
  typeof path === 'string' ? path.split(/[?#]/, 1)[0]?.split(/[\\/]/).pop() || undefined : undefined;

/** The name of what was opened by path or address, such as a stream of `fs`. */
const nameOf = (value: object): string | undefined => {
  const { name, url, path } = Object(value);
  return lastPart(name) ?? lastPart(url) ?? lastPart(path);
};

/**
 * A File of bytes, a text, a Blob, a `Response` or a stream, which is read to its end.
 *
 * @param name with its extension, by which services tell the format; that of the value unless given.
 * @throws OpenAIError for anything else
 */
export const toFile = async (
  value: ToFileInput | PromiseLike<ToFileInput>,
  name?: string | null,
  options: { readonly type?: string; readonly lastModified?: number } = {},
): Promise<File> => {
  const given = await value;
  if (given instanceof File && name == null) return given;
  const parts = await partsOf(given);
  const type = options.type ?? parts.find((part) => part instanceof Blob)?.type ?? '';
  const own = typeof given === 'object' ? nameOf(given) : undefined;
  return new File(parts, name ?? own ?? 'unknown_file', { ...options, type });
};

async function partsOf(value: unknown): Promise<(string | Blob | Uint8Array<ArrayBuffer>)[]> {
  if (typeof value === 'string' || value instanceof Blob) return [value];
  if (value instanceof ArrayBuffer) return [new Uint8Array(value)];
  if (ArrayBuffer.isView(value))
    return [Uint8Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
  if (isResponse(value)) return [await value.blob()];
  if (!isIterable(value))
    throw new OpenAIError(
      'toFile: a text, bytes, a Blob, a Response or a stream was expected. Open a file with fs.createReadStream(path).',
    );
  const parts: (string | Blob | Uint8Array<ArrayBuffer>)[] = [];
  for await (const part of value) parts.push(...(await partsOf(part)));
  return parts;
}

/**
 * A file as `@g4f/client` takes it. A text is refused: there it is a path, and a program written for OpenAI's library may have an
 * end user's data here.
 * @throws BadRequestError for what is no file
 */
export const toUploadable = async (given: unknown, field: string): Promise<G4FUploadable> => {
  const value = await given;
  if (isResponse(value)) return toFile(value);
  if (value instanceof Blob || value instanceof ArrayBuffer || value instanceof Uint8Array) return value;
  if (isIterable(value)) {
    const name = nameOf(value);
    return { data: value as AsyncIterable<Uint8Array>, ...(name !== undefined && { name }) };
  }
  const message = `${field}: a file was expected: a File or Blob, a Response, bytes or a stream. Open a file with fs.createReadStream(path).`;
  throw new BadRequestError(message, { status: 400, error: { message, param: field } });
};
