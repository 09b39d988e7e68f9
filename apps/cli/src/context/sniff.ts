// What a file is, by its first bytes; its name is believed by nobody.

/** What can be attached. */
export type Kind =
  | { readonly kind: 'image'; readonly type: string }
  | { readonly kind: 'audio'; readonly format: string }
  | { readonly kind: 'pdf' | 'zip' | 'text' | 'binary' };

const SIGNATURES: readonly (readonly [at: number, bytes: string, kind: Kind])[] = [
  [0, '\x89PNG\r\n\x1a\n', { kind: 'image', type: 'image/png' }],
  [0, '\xff\xd8\xff', { kind: 'image', type: 'image/jpeg' }],
  [0, 'GIF8', { kind: 'image', type: 'image/gif' }],
  [8, 'WEBP', { kind: 'image', type: 'image/webp' }],
  [8, 'WAVE', { kind: 'audio', format: 'wav' }],
  [0, 'ID3', { kind: 'audio', format: 'mp3' }],
  [0, 'fLaC', { kind: 'audio', format: 'flac' }],
  [0, 'OggS', { kind: 'audio', format: 'ogg' }],
  [4, 'ftypM4A', { kind: 'audio', format: 'm4a' }],
  [0, '%PDF-', { kind: 'pdf' }],
  [0, 'PK\x03\x04', { kind: 'zip' }],
];

/** What the bytes are: text is what is UTF-8 and holds no zero byte. */
export const sniff = (bytes: Uint8Array): Kind => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = SIGNATURES.find(([at, mark]) => head.startsWith(mark, at));
  if (found !== undefined) return found[2];
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return { kind: 'audio', format: 'mp3' };
  return { kind: isUtf8(bytes) ? 'text' : 'binary' };
};

function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
