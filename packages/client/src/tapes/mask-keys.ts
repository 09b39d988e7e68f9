// Hides what looks like a key behind stars, as many as it has characters, wherever the parts of an answer were cut.
import { isFields } from '../options/plain-value.ts';
import { findKeys } from '../redaction/find-keys.ts';
import { apart } from '../redaction/place.ts';

/** The text without what looks like a key. */
export const masked = (text: string): string => {
  let clean = '';
  let done = 0;
  for (const { start, end } of apart(findKeys(text))) {
    clean += text.slice(done, start) + '*'.repeat(end - start);
    done = end;
  }
  return clean + text.slice(done);
};

/** Fields of bytes in base64, in which a key may seem to stand by chance, and what a service has signed or sealed. */
const BYTES: ReadonlySet<string> = new Set([
  'b64_json',
  'data',
  'embedding',
  'encrypted_content',
  'file_data',
  'partial_image_b64',
  'signature',
]);

/** Whether the text of this field holds no words. */
export const isOfBytes = (field: string, text: string): boolean =>
  BYTES.has(field) || text.startsWith('data:');

type OpenFields = Record<string, unknown>;

/** A piece of a text that grows: the object, and the field in which it stands. */
interface Piece {
  readonly holder: OpenFields;
  readonly field: string;
}

/** Masks parts, which are changed: each text, and texts that were cut between parts. */
export const maskParts = (parts: readonly unknown[]): void => {
  const growing = new Map<string, Piece[]>();
  for (const part of parts) walk(part, growing);
  for (const pieces of growing.values()) maskTogether(pieces);
};

function walk(value: unknown, growing: Map<string, Piece[]>): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, growing);
    return;
  }
  if (!isFields(value)) return;
  const holder: OpenFields = value;
  const piece = pieceOf(value);
  if (piece !== undefined) {
    const known = growing.get(piece.name) ?? [];
    known.push({ holder, field: piece.field });
    growing.set(piece.name, known);
  }
  for (const [name, held] of Object.entries(holder)) {
    if (typeof held !== 'string') walk(held, growing);
    else if (name !== piece?.field && !isOfBytes(name, held)) holder[name] = masked(held);
  }
}

/** Which text an event or a choice continues. */
function pieceOf(value: Readonly<OpenFields>): { readonly name: string; readonly field: string } | undefined {
  const { type, choice = 0, key, text, delta, index } = value;
  if ((type === 'text-delta' || type === 'reasoning-delta') && typeof text === 'string')
    return { name: `${type} ${choice}`, field: 'text' };
  if (type === 'tool-call-delta' && typeof value.arguments === 'string')
    return { name: `${choice} ${key}`, field: 'arguments' };
  if (typeof delta === 'string')
    return { name: `${type} ${value.item_id} ${value.content_index ?? value.summary_index}`, field: 'delta' };
  if (type === undefined && typeof index === 'number' && typeof text === 'string')
    return { name: `choice ${index}`, field: 'text' };
  return undefined;
}

function maskTogether(pieces: readonly Piece[]): void {
  const texts = pieces.map(({ holder, field }) => String(holder[field]));
  const clean = masked(texts.join(''));
  let at = 0;
  for (const [place, { holder, field }] of pieces.entries()) {
    const { length = 0 } = texts[place] ?? '';
    holder[field] = clean.slice(at, at + length);
    at += length;
  }
}
