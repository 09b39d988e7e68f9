// What kind of sound a file holds, by its first bytes.

/** How files of each kind begin, as their bytes read as Latin-1. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^ID3|^ÿ[úûòóâã]/, 'audio/mpeg'],
  [/^ÿ[ðñøù]/, 'audio/aac'],
  [/^RIFF[\s\S]{4}WAVE/, 'audio/wav'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  [/^[\s\S]{4}ftyp/, 'audio/mp4'],
  [/^[\s\S]Eß£/, 'audio/webm'],
];

/** Its media type; undefined where it is not known. @param begins the first bytes, a character each. */
export const soundKind = (begins: string): string | undefined =>
  BEGINNINGS.find(([pattern]) => pattern.test(begins))?.[1];

/** The first bytes, a character each. */
export const latin1 = (bytes: Uint8Array, most = 64): string =>
  String.fromCharCode(...bytes.subarray(0, most));
