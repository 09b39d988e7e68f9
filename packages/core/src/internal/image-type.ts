// What kind of image bytes are, by the signature that they begin with.
// Sources: https://www.w3.org/TR/png-3/#3PNGsignature, https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1.1.3),
// https://developers.google.com/speed/webp/docs/riff_container, https://www.w3.org/Graphics/GIF/spec-gif89a.txt,
// https://aomediacodec.github.io/av1-avif/#brands

/** A format of images that services give. */
export type ImageType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** So many bytes say what an image is. */
export const SIGNATURE_BYTES = 12;

const SIGNATURES: readonly (readonly [ImageType, RegExp])[] = [
  ['png', /^\x89PNG\r\n.\n/s],
  ['jpeg', /^\xff\xd8\xff/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['gif', /^GIF8[79]a/],
  ['avif', /^.{4}ftypavi[fs]/s],
];

/** The format; undefined for what is no image of these. */
export const imageTypeOf = (bytes: Uint8Array): ImageType | undefined =>
  typeOf(String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES)));

/** A GIF of one pixel has more: what is shorter was cut off. */
const FEWEST_BYTES = 24;

/** The same of bytes in base64, all of which must be base64: what is broken later shows as a broken image. */
export const imageTypeOfBase64 = (base64: string): ImageType | undefined => {
  const end = base64.search(/[^A-Za-z0-9+/]/);
  const length = end === -1 ? base64.length : end;
  const isWhole = length % 4 !== 1 && /^={0,2}$/.test(base64.slice(length, length + 3));
  if (!isWhole || length < (FEWEST_BYTES / 3) * 4) return undefined;
  return typeOf(atob(base64.slice(0, (SIGNATURE_BYTES / 3) * 4)));
};

const typeOf = (beginning: string): ImageType | undefined =>
  SIGNATURES.find(([, signature]) => signature.test(beginning))?.[0];
