// Texts of a service by which something is found again.

/** Longer ones, in characters, are hashed. */
const LONGEST = 8192;

/**
 * The value as the key of a Map or Set. V8 hashes a string of more than 16,383 characters by its length alone, so that many of one
 * length make each look-up slower: of a long one its length and two hashes of all of it (FNV-1a, of two primes) are the key.
 */
export const textKey = <T>(value: T): T | string =>
  typeof value === 'string' && value.length > LONGEST ? hashOf(value) : value;

function hashOf(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b);
  }
  return `${text.length} ${one} ${other}`;
}
