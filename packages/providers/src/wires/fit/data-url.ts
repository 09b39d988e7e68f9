// What a `data:` URL holds, whatever form it was written in. Source: https://www.rfc-editor.org/rfc/rfc2397
import { invalid } from './invalid.ts';

/** What a data URL holds: its media type without parameters, and its bytes in plain base64. */
export interface InlineData {
  readonly mediaType: string;
  readonly base64: string;
}

/** Names that programs write, and services do not know. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['', 'text/plain'],
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['application/x-pdf', 'application/pdf'],
]);

const isDataURL = (url: string): boolean => /^data:/i.test(url);

/**
 * The bytes inside a `data:` URL, or undefined if the address lies elsewhere. Text in it is turned into base64.
 * @param field where the URL is, for the error.
 * @throws G4FError `invalid-request` if nothing separates the type from the data.
 */
export const readDataURL = (url: string, field = 'a data URL'): InlineData | undefined => {
  if (!isDataURL(url)) return undefined;
  const { type, inBase64, data } = takeApart(url, field);
  return {
    mediaType: MEDIA_TYPES.get(type) ?? type,
    base64: inBase64 ? plainBase64(data) : toBase64(bytesOf(data)),
  };
};

/**
 * The same address in the form that every service takes: a known media type without parameters, base64. An address
 * that is in that form already, or lies elsewhere, is the very string.
 * @throws G4FError `invalid-request` as {@link readDataURL} does.
 */
export const mendedURL = (url: string, field?: string): string => {
  if (!isDataURL(url)) return url;
  const comma = url.indexOf(',');
  const [, type] = /^data:([a-z]+\/[a-z0-9.+-]+);base64$/.exec(url.slice(0, comma)) ?? [];
  if (type !== undefined && !MEDIA_TYPES.has(type) && !FOREIGN.test(url.slice(comma + 1))) return url;
  const inline = readDataURL(url, field);
  return inline === undefined ? url : `data:${inline.mediaType};base64,${inline.base64}`;
};

function takeApart(url: string, field: string) {
  const comma = url.indexOf(',');
  if (comma === -1) throw invalid(field, 'a data URL with a comma before its data', url);
  const [type = '', ...parameters] = url.slice('data:'.length, comma).toLowerCase().split(';');
  return {
    type: type.trim(),
    inBase64: parameters.some((one) => one.trim() === 'base64'),
    data: url.slice(comma + 1),
  };
}

/** What is not of the alphabet of plain base64. */
const FOREIGN = /[^A-Za-z0-9+/=]/;

/** Without blanks, percent signs and the letters of the alphabet for addresses. */
const plainBase64 = (data: string): string =>
  !FOREIGN.test(data)
    ? data
    : new TextDecoder().decode(bytesOf(data)).replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');

/** What percent-encoded text stands for, byte by byte: a `%` that encodes nothing is a percent sign. */
function bytesOf(text: string): Uint8Array {
  const written = new TextEncoder().encode(text);
  const bytes = new Uint8Array(written.length);
  let length = 0;
  for (let at = 0; at < written.length; at += 1) {
    const byte = written[at] ?? 0;
    const code = byte === 0x25 ? String.fromCharCode(written[at + 1] ?? 0, written[at + 2] ?? 0) : '';
    const encodes = /^[\da-f]{2}$/i.test(code);
    bytes[length++] = encodes ? Number.parseInt(code, 16) : byte;
    if (encodes) at += 2;
  }
  return bytes.subarray(0, length);
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
