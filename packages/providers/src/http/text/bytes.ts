// Bytes and their text, the same on Node and in browsers: by Buffer where there is one, because it is several times faster.

const hasBuffer = typeof Buffer === 'function';
// A byte order mark is text like any other here, as it is for Buffer: whoever reads the text decides.
const decoder = hasBuffer ? undefined : new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes up to `end` as UTF-8 text; what is not UTF-8 becomes U+FFFD. */
export const toText = (bytes: Uint8Array, end: number = bytes.length): string => {
  if (decoder !== undefined) return decoder.decode(end === bytes.length ? bytes : bytes.subarray(0, end));
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString('utf8', 0, end);
};

/** All the bytes in one piece; a single piece is not copied. */
export const joinBytes = (pieces: readonly Uint8Array[]): Uint8Array => {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  if (hasBuffer) return Buffer.concat(pieces);
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
};

/** So many bytes are written as text at once where there is no Buffer: each is an argument of a call. */
const SLICE = 0x8000;

/** The bytes in base64. */
export const toBase64 = (bytes: Uint8Array): string => {
  if (hasBuffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
};
