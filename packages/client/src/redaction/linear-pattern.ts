// Whether a regular expression of the caller's surely takes linear time: a small grammar, in which nothing is tried too often.
import { quote } from '../errors/quote.ts';

/** In how many ways one place of a text may be tried. */
const MOST_WAYS = 1000;
/** How many characters it may ask for: each place of a text is looked at so many times. */
const LONGEST = 1000;

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/;

/**
 * Why it may take longer; undefined if it surely does not. Every part is bounded, but for the last, after which nothing can
 * fail; no group is repeated; and all choices together are few. So each place of a text is looked at a bounded number of times.
 * What is not understood here is refused.
 */
export const whyNotLinear = ({ source, flags }: RegExp): string | undefined => {
  if (flags.includes('v') || flags.includes('y')) return 'without the flags v and y';
  let ways = 1;
  let length = 0;
  let rest = source;
  let atom = '';
  while (rest !== '') {
    const quantifier = QUANTIFIER.exec(rest);
    if (quantifier !== null && atom !== '') {
      rest = rest.slice(quantifier[0].length);
      const choices = waysOf(quantifier);
      length += Number(quantifier[3] || quantifier[1] || 1);
      if (atom === ')' && !quantifier[0].startsWith('?')) return 'no group may be repeated';
      if (choices === Number.POSITIVE_INFINITY) {
        if (rest !== '') return `${quantifier[0]} may stand only at its end; write {1,20}, say`;
      } else ways *= choices;
      atom = '';
    } else {
      atom = nextAtom(rest, flags.includes('u')) ?? '';
      if (atom === '') return `${quote(rest.slice(0, 5))} is not understood: write it otherwise`;
      if (/^\\(?:[1-9]|k)/.test(atom)) return 'it may not refer back to a group';
      if (atom === '|') ways *= 2;
      rest = rest.slice(atom.length);
    }
    if (length > LONGEST) return `it asks for more than ${LONGEST} characters`;
    if (ways > MOST_WAYS) return 'it leaves too many choices';
  }
  return undefined;
};

/** How many lengths a quantifier leaves open. */
function waysOf([written, least = '0', comma = '', most = '']: readonly string[]): number {
  if (written?.startsWith('?')) return 2;
  if (!written?.startsWith('{') || (comma !== '' && most === '')) return Number.POSITIVE_INFINITY;
  return comma === '' ? 1 : Math.max(1, Number(most) - Number(least) + 1);
}

/** Escapes of one character or class. Others are read in one way with the flag u, and in another without. */
const ESCAPE = /^\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[dDwWsSbBtnrvfk0-9]|[^\p{L}\p{N}])/u;
const UNICODE_ESCAPE = /^\\(?:u\{[\da-fA-F]{1,6}\}|[pP]\{[\w=]{1,60}\})/;
const GROUP = /^\((?:\?(?:<[=!]|<[^<>=!()]{1,60}>|[:=!])|(?!\?))/;

function nextAtom(rest: string, isUnicode: boolean): string | undefined {
  if (rest.startsWith('\\')) return ((isUnicode && UNICODE_ESCAPE.exec(rest)) || ESCAPE.exec(rest))?.[0];
  if (rest.startsWith('(')) return GROUP.exec(rest)?.[0];
  if (!rest.startsWith('[')) return rest.slice(0, 1);
  let end = 1;
  while (end < rest.length && rest[end] !== ']') end += rest[end] === '\\' ? 2 : 1;
  return rest.slice(0, end + 1);
}
