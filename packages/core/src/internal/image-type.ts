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

/** The same of bytes in base64. Only their beginning is looked at. */
export const imageTypeOfBase64 = (base64: string): ImageType | undefined => {
  try {
    return typeOf(atob(base64.slice(0, (SIGNATURE_BYTES / 3) * 4)));
  } catch {
    return undefined;
  }
};

const typeOf = (beginning: string): ImageType | undefined =>
  SIGNATURES.find(([, signature]) => signature.test(beginning))?.[0];
