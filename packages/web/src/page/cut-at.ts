// Cuts texts that are too long.

/** The first so many characters, and not half of one that has two halves. */
export const cutAt = (text: string, at: number): string =>
  text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at);
