// Whether a regular expression of the caller's surely takes linear time: a small grammar, in which nothing is tried too often.

/** In how many ways one place of a text may be tried. */
const MOST_WAYS = 1000;

const QUANTIFIER = /^(?:[*+?]|\{(\d{1,6})(,?)(\d{0,6})\})\??/;

/**
 * Why it may take longer; undefined if it surely does not. Every part is bounded, but for the last, after which nothing can
 * fail; no group is repeated; and all choices together are few. So each place of a text is looked at a bounded number of times.
 */
export const whyNotLinear = ({ source, flags }: RegExp): string | undefined => {
  if (flags.includes('v') || flags.includes('y')) return 'without the flags v and y';
  let ways = 1;
  let rest = source;
  let atom = '';
  while (rest !== '') {
    const quantifier = QUANTIFIER.exec(rest);
    if (quantifier !== null && atom !== '') {
      rest = rest.slice(quantifier[0].length);
      const choices = waysOf(quantifier);
      if (atom === ')' && !quantifier[0].startsWith('?')) return 'no group may be repeated';
      if (choices === Number.POSITIVE_INFINITY) {
        if (rest !== '') return `${quantifier[0]} may stand only at its end; write {1,20}, say`;
      } else ways *= choices;
      atom = '';
    } else {
      atom = nextAtom(rest);
      if (/^\\(?:[1-9]|k)/.test(atom)) return 'it may not refer back to a group';
      if (atom === '|') ways *= 2;
      rest = rest.slice(atom.length);
    }
    if (ways > MOST_WAYS) return 'it leaves too many choices';
  }
  return undefined;
};

/** How many lengths a quantifier leaves open. */
function waysOf([written, least = '0', comma = '', most = '']: readonly string[]): number {
  if (written?.startsWith('?')) return 2;
  if (!written?.startsWith('{') || (comma !== '' && most === '')) return Number.POSITIVE_INFINITY;
  return comma === '' ? Math.max(1, Number(least) / 100) : Math.max(1, Number(most) - Number(least) + 1);
}

function nextAtom(rest: string): string {
  if (rest.startsWith('\\')) return /^\\(?:u\{[^}]*\}|[pP]\{[^}]*\}|[\s\S])/.exec(rest)?.[0] ?? rest;
  if (!rest.startsWith('[')) return /^\((?:\?(?:<[=!]|<[^>]*>|[:=!]))?/.exec(rest)?.[0] ?? rest.slice(0, 1);
  let end = 1;
  while (end < rest.length && rest[end] !== ']') end += rest[end] === '\\' ? 2 : 1;
  return rest.slice(0, end + 1);
}
