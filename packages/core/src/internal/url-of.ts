// Whether a text is an address, and which.

/**
 * The text as a URL; undefined if it is none. Not `URL.canParse`: once a program has called it a few thousand times, Node 20 answers
 * `false` for every address with a letter of Latin-1 outside of ASCII (`https://bücher.example`).
 */
export const urlOf = (text: string, base?: string | URL): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};
