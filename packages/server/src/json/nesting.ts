// How many lists and objects a JSON text has, and how deep they stand in each other: what is walked by functions that call themselves,
// and what each costs time of the gateway, has a limit.

const QUOTE = 34;
const BACKSLASH = 92;

/** Most lists and objects of a text. */
export interface NestingLimits {
  /** Inside each other. */
  readonly depth: number;
  /** In all. */
  readonly count: number;
}

/** Which limit a text passes, be it valid JSON or not. Strings are skipped, not read: they are most of a body. */
export const passedLimit = (text: string, limits: NestingLimits): keyof NestingLimits | undefined => {
  let depth = 0;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === 91 || char === 123) {
      depth += 1;
      count += 1;
      if (depth > limits.depth) return 'depth';
      if (count > limits.count) return 'count';
    } else if (char === 93 || char === 125) depth -= 1;
  }
  return undefined;
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
