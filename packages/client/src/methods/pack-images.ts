// Images on their way between threads: base64 crosses as the bytes of its characters, which take half the memory of JSON around them.
import type { ImageOutput } from '@g4f/core';
import type { Packed } from './packed.ts';

/** Something with an image, whose base64 is null while it crosses. */
type CrossingImage = Readonly<Record<string, unknown>>;

/** The answer, or the event, without its base64, and that as bytes. */
export const packImages = (part: ImageOutput): Packed => ({
  json: 'data' in part ? { ...part, data: part.data.map(withoutBytes) } : withoutBytes(part),
  bytes: bytesIn('data' in part ? part.data : [part]),
});

const withoutBytes = (image: object): CrossingImage =>
  'b64_json' in image ? { ...image, b64_json: null } : { ...image };

function* bytesIn(images: readonly { readonly b64_json?: string }[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const { b64_json } of images) if (b64_json !== undefined) yield encoder.encode(b64_json);
}

/** The answer, or the event, again. */
export const unpackImages = <Part extends ImageOutput>({ json, bytes }: Packed): Part => {
  const part = json as CrossingImage;
  const all = bytes[Symbol.iterator]();
  const decoder = new TextDecoder();
  const withBytes = (image: CrossingImage): CrossingImage =>
    image.b64_json === null ? { ...image, b64_json: decoder.decode(all.next().value) } : image;
  const { data } = part;
  return (Array.isArray(data) ? { ...part, data: data.map(withBytes) } : withBytes(part)) as unknown as Part;
};
