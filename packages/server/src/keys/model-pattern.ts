// Which models a key may ask for.

/** Whether one of the patterns means this name; `*` stands for any characters, none as well. Case counts. */
export const isAllowed = (patterns: readonly string[] | undefined, model: string): boolean =>
  patterns === undefined || patterns.some((pattern) => matches(pattern, model));

/** Piece by piece, so that no pattern takes more than linear time. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
