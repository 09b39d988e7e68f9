// Texts of a service by which something is found again.

/** Longer ones, in characters, are hashed. */
const LONGEST = 8192;

/**
 * The value as the key of a Map or Set. V8 hashes a string of more than 16,383 characters by its length alone, so that many of one
 * length make each look-up slower: of a long one its length and a hash of all of it (FNV-1a) are the key.
 */
export const textKey = <T>(value: T): T | string =>
  typeof value === 'string' && value.length > LONGEST ? hashOf(value) : value;

function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length} ${hash}`;
}
