// Writes an image to a file, whose extension is that of its bytes.
import { G4FError, type GeneratedImage } from '@g4f/core';
import { type ImageType, imageTypeOf } from '@g4f/core/internal';
import { readDataURL } from '@g4f/providers/parts';
import { writeFile } from '#platform/write-file';
import { pathOf } from '../platform/written-file.ts';
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
  const place = withExtension(pathOf(path, 'saveImage'), type);
  await writeFile(place, [bytes], 'saveImage');
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

const wrong = (why: string, cause?: unknown): G4FError =>
  new G4FError(`saveImage: ${why}.`, { code: 'invalid-request', cause });
