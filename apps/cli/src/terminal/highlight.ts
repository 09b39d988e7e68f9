// Colours for a line of code. It keeps between lines what a line leaves open (a comment, a text over several lines), so that
// each line can be shown when it is there.
import type { Painter } from './style.ts';

interface Language {
  readonly line: readonly string[];
  readonly block?: readonly [open: string, close: string];
  readonly quotes: readonly string[];
  readonly words: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const C_LIKE =
  'if else for while do switch case default break continue return function class new delete try catch finally throw const let var import export from async await yield static public private protected void int char float double bool boolean string struct enum interface type extends implements in of instanceof typeof null undefined true false this super package func go defer map chan range select fn mut impl trait pub use mod match where self Self None Some Ok Err namespace using template override final abstract';
const SCRIPT_LIKE =
  'if then elif else fi for while do done case esac in function return def class import from as with try except finally raise pass lambda yield global nonlocal assert del is not and or None True False async await self end begin require module unless until rescue echo export local set';
const SQL =
  'select from where join left right inner outer on group by order having insert into values update set delete create table index view drop alter and or not null is in as distinct limit union all primary key references case when then else end';

const C: Language = { line: ['//'], block: ['/*', '*/'], quotes: ['"', "'", '`'], words: words(C_LIKE) };
const SCRIPT: Language = { line: ['#'], quotes: ['"""', "'''", '"', "'"], words: words(SCRIPT_LIKE) };
const QUERY: Language = { line: ['--'], block: ['/*', '*/'], quotes: ["'", '"'], words: words(SQL) };
const DATA: Language = { line: ['#'], quotes: ['"', "'"], words: words('true false null yes no') };

const LANGUAGES: Readonly<Record<string, Language>> = {
  ...Object.fromEntries(
    'js jsx ts tsx javascript typescript java c cpp h hpp cs csharp go rust rs swift kotlin php scala dart css scss'
      .split(' ')
      .map((name) => [name, C]),
  ),
  ...Object.fromEntries(
    'py python sh bash zsh shell console rb ruby perl r make makefile dockerfile elixir fish'
      .split(' ')
      .map((name) => [name, SCRIPT]),
  ),
  ...Object.fromEntries('json yaml yml toml ini'.split(' ').map((name) => [name, DATA])),
  sql: QUERY,
};

/** Paints the next line. */
export type LinePainter = (line: string) => string;

/** Quotes that may end on a later line. */
const LONG_QUOTES: readonly string[] = ['`', '"""', "'''"];
const WORD = /[A-Za-z_$][\w$]*|\d[\w.]*/y;

/** What paints the lines of one block of code, in order; in a language that is not known, as they are. */
export const createHighlighter = (language: string, paint: Painter): LinePainter => {
  const known = Object.hasOwn(LANGUAGES, language.toLowerCase())
    ? LANGUAGES[language.toLowerCase()]
    : undefined;
  if (known === undefined) return (line) => line;
  // What an earlier line left open, and what would close it.
  let closing: string | undefined;
  let isComment = false;
  return (line) => {
    let painted = '';
    for (let at = 0; at < line.length; ) {
      if (closing !== undefined) {
        const end = endOf(line, closing, at);
        const text = line.slice(at, end ?? line.length);
        painted += paint(isComment ? 'gray' : 'green', text);
        if (end === undefined) return painted;
        at = end;
        closing = undefined;
        continue;
      }
      const piece = pieceAt(line, at, known);
      closing = piece.closing;
      isComment = piece.style === 'gray';
      painted += piece.style === undefined ? piece.text : paint(piece.style, piece.text);
      at += piece.text.length;
    }
    return painted;
  };
};

interface Piece {
  readonly text: string;
  readonly style?: 'gray' | 'green' | 'magenta' | 'yellow';
  readonly closing?: string;
}

function pieceAt(line: string, at: number, { line: comments, block, quotes, words: known }: Language): Piece {
  if (comments.some((mark) => line.startsWith(mark, at))) return { text: line.slice(at), style: 'gray' };
  if (block !== undefined && line.startsWith(block[0], at)) {
    const end = endOf(line, block[1], at + block[0].length);
    return { text: line.slice(at, end), style: 'gray', ...(end === undefined && { closing: block[1] }) };
  }
  const quote = quotes.find((mark) => line.startsWith(mark, at));
  if (quote !== undefined) {
    const end = endOf(line, quote, at + quote.length);
    const goesOn = end === undefined && LONG_QUOTES.includes(quote);
    return { text: line.slice(at, end), style: 'green', ...(goesOn && { closing: quote }) };
  }
  WORD.lastIndex = at;
  const word = WORD.exec(line)?.[0];
  if (word === undefined) return { text: line.charAt(at) };
  if (/^\d/.test(word)) return { text: word, style: 'yellow' };
  return known.has(word) ? { text: word, style: 'magenta' } : { text: word };
}

/** Where the mark ends, unless it stands behind a backslash. */
function endOf(line: string, mark: string, from: number): number | undefined {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line.startsWith(mark, at)) return at + mark.length;
  }
  return undefined;
}
