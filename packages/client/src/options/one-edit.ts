// Whether a name is another but for a slip of the pen.

/** A name without capitals, dashes and underscores: `maxTokens` and `max_tokens` are one. */
export const wordOf = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** Whether one becomes the other by one character more, less or other, or by two neighbours exchanged. */
export const isOneEdit = (one: string, other: string): boolean => {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [a, b] = [one.slice(from), other.slice(from)];
  if (a.length > b.length) return a.slice(1) === b;
  if (a.length < b.length) return a === b.slice(1);
  const isExchanged = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a.slice(1) === b.slice(1) || isExchanged;
};
