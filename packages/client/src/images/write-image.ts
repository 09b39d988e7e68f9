// Writes an image to a file: its bytes are looked at, and stand beside the file until all are there.
import { chmod, rename, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { G4FError, type GeneratedImage } from '@g4f/core';
import { type ImageType, imageTypeOf } from '@g4f/core/internal';
import { readDataURL } from '@g4f/providers/parts';
import { downloadedImage } from './downloaded-image.ts';
import type { SaveOptions } from './save-image.ts';

/** See `saveImage`. */
export async function writeImage(
  image: GeneratedImage,
  path: string | URL,
  { signal }: SaveOptions,
): Promise<string> {
  const bytes = await bytesOf(image, signal);
  const type = imageTypeOf(bytes);
  if (type === undefined)
    throw wrong('it is no PNG, JPEG, WebP, GIF or AVIF. Ask for the image again, or another provider');
  const place = withExtension(toPath(path), type);
  const beside = `${place}.${crypto.randomUUID()}.part`;
  try {
    const before = await stat(place).catch(() => undefined);
    if (before?.isDirectory()) throw wrong(`${place} is a folder. Give the path of a file`);
    const mode = before && before.mode & 0o777;
    await writeFile(beside, bytes, { flag: 'wx', mode });
    // Once more, because the umask may have taken some of it.
    if (mode !== undefined) await chmod(beside, mode);
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error instanceof G4FError ? error : wrong(whyNot(error, place), error);
  }
  return place;
}

async function bytesOf(image: GeneratedImage, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { b64_json, url } = image ?? {};
  if (typeof b64_json === 'string') return decoded(b64_json);
  if (typeof url !== 'string') throw wrong('an image has b64_json or a url. Give one of data of an answer');
  const inline = readDataURL(url, 'saveImage');
  return inline === undefined ? downloadedImage(url, signal) : decoded(inline.base64);
}

const decoded = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

function toPath(path: string | URL): string {
  const text = String(path);
  if (text === '' || text.includes('\0')) throw wrong('a path is needed. Give the path of a file');
  if (!/^file:/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch (cause) {
    throw wrong('the file: URL names no file of this machine. Give the path of a file', cause);
  }
}

const EXTENSIONS: Readonly<Record<ImageType, readonly [string, ...string[]]>> = {
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  gif: ['gif'],
  avif: ['avif'],
};

function withExtension(path: string, type: ImageType): string {
  const [, extension = ''] = /\.([a-z]+)$/i.exec(path) ?? [];
  const given = extension.toLowerCase();
  if (EXTENSIONS[type].includes(given)) return path;
  const isOfOther = Object.values(EXTENSIONS).some((names) => names.includes(given));
  const name = isOfOther ? path.slice(0, -extension.length - 1) : path;
  return `${name}.${EXTENSIONS[type][0]}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder. Make it first',
  ENOTDIR: 'its folder is a file. Give the path of a file in a folder',
  ENOSPC: 'the disk is full. Make room, or choose another place',
  EDQUOT: 'the quota of the disk is used up. Make room, or choose another place',
  EACCES: 'writing is not permitted there. Choose another place',
  EPERM: 'writing is not permitted there. Choose another place',
  EROFS: 'the disk is read-only. Choose another place',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
};

function whyNot(error: unknown, place: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `${place} cannot be written: ${REASONS[code] ?? `${code}. Choose another place`}`;
}

const wrong = (why: string, cause?: unknown): G4FError =>
  new G4FError(`saveImage: ${why}.`, { code: 'invalid-request', cause });
