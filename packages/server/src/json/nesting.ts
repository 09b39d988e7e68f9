// How deep the lists and objects of a JSON text stand in each other: what is walked by functions that call themselves has a limit.

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether a text, valid JSON or not, opens more than `most` brackets in each other. Strings are skipped, not read: they are most of a body. */
export const isDeeper = (text: string, most: number): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === 91 || char === 123) depth += 1;
    else if (char === 93 || char === 125) depth -= 1;
    if (depth > most) return true;
  }
  return false;
};

/** The place of the quote that ends the string which begins there; the end of the text if none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}
