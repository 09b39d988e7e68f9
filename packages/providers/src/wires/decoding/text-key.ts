// Texts of a service by which something is found again.

/** So much of each end of a long text counts, in characters. */
const END = 4096;

/**
 * The text as the key of a Map or Set. V8 hashes a string of more than 16,383 characters by its length alone, so that many of one
 * length make each look-up slower: of a long one its length and its ends are taken.
 */
export const textKey = (text: string): string =>
  text.length <= 2 * END ? text : `${text.length} ${text.slice(0, END)}${text.slice(-END)}`;
