// Names that a misspelt one may have meant.

/** Of a longer name its beginning is looked for, among names of about this length: whoever asks chooses what he asks for. */
const MOST_LENGTH = 100;
/** Characters in which two long names may differ. */
const MOST_APART = 8;
/** Names of a like length that are compared. */
const MOST_COMPARED = 1000;

/**
 * Up to `most` of the names, nearest first; none that has little in common with the given one. However many and long the names are,
 * no more than {@link MOST_COMPARED} of them are compared, in a time that grows with their length alone.
 */
export const nearNames = (given: string, names: Iterable<string>, most = 3): string[] => {
  const wanted = given.slice(0, MOST_LENGTH).toLowerCase();
  // Below its length: of one or two characters all might differ.
  const limit = Math.min(MOST_APART, wanted.length - 1, Math.max(2, Math.floor(wanted.length / 3)));
  return [...new Set(names)]
    .filter(({ length }) => Math.abs(length - wanted.length) <= limit)
    .slice(0, MOST_COMPARED)
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
};

/**
 * How many characters must be added, taken or replaced to turn one into the other (Levenshtein); any number above `limit` where it
 * is more. Only what is at most `limit` away from the diagonal is looked at: what is farther cannot come below it again.
 */
function editDistance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const next: number[] = [];
    next[from - 1] = i;
    for (let j = from; j <= b.length && j <= i + limit; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? limit) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
