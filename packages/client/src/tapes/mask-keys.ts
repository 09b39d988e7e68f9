// Hides what looks like a key behind stars, as many as it has characters, wherever the parts of an answer were cut.
import { findKeys, isKeyField } from '../redaction/find-keys.ts';
import { apart } from '../redaction/place.ts';
import { isBase64URL } from '../texts/base64-url.ts';
import { type FoundText, textsIn } from '../texts/texts-in.ts';

/** The text without what looks like a key. */
const masked = (text: string): string => {
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
  'embedding',
  'encrypted_content',
  'file_data',
  'partial_image_b64',
  'signature',
]);
/** Where `data` is such a field. */
const HAVE_DATA: ReadonlySet<string> = new Set(['audio', 'input_audio', 'reasoning_details']);
/** Addresses, which may be of the form `data:…;base64,…`. */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'image_url', 'file_url', 'video_url', 'file_data']);
/** Fields in which the names are not those of an API. */
const FREE: ReadonlySet<string> = new Set([
  'extraBody',
  'metadata',
  'variables',
  'chat_template_kwargs',
  'tools',
]);

/** Whether the text holds no words. */
function isOfBytes({ field, above, text }: FoundText): boolean {
  if (above.some((name) => FREE.has(name))) return false;
  if (ADDRESSES.has(field) && text.startsWith('data:')) return isBase64URL(text);
  return BYTES.has(field) || (field === 'data' && HAVE_DATA.has(above.at(-1) ?? ''));
}

/** The text without keys, by its form and by the name of its field. */
function maskedText(found: FoundText, isKey: boolean): string {
  if (isKey) return '*'.repeat(found.text.length);
  return isOfBytes(found) ? found.text : masked(found.text);
}

/** Masks what is asked, which is changed. */
export const maskCall = (call: unknown): void => {
  // It names a place in a cache.
  for (const found of textsIn(call))
    Reflect.set(
      found.holder,
      found.key,
      maskedText(found, isKeyField(found.field) && found.field !== 'prompt_cache_key'),
    );
};

/** Masks parts, which are changed: each text, and texts that were cut between parts. */
export const maskParts = (parts: readonly unknown[]): void => {
  const growing = new Map<string, FoundText[]>();
  for (const found of textsIn(parts)) {
    const { continues, holder, key, field, above } = found;
    if (continues === undefined)
      Reflect.set(holder, key, maskedText(found, isKeyField(field) && above.some((name) => FREE.has(name))));
    else if (!isOfBytes(found)) {
      const known = growing.get(continues) ?? [];
      known.push(found);
      growing.set(continues, known);
    }
  }
  for (const pieces of growing.values()) maskTogether(pieces);
};

function maskTogether(pieces: readonly FoundText[]): void {
  const clean = masked(pieces.map(({ text }) => text).join(''));
  let at = 0;
  for (const { holder, key, text } of pieces) {
    Reflect.set(holder, key, clean.slice(at, at + text.length));
    at += text.length;
  }
}
