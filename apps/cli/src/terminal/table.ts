// Rows of texts as aligned columns.
import { oneLine } from './plain-text.ts';

const SEGMENTER = new Intl.Segmenter();

/** What a reader takes for characters, each with its place and its width in columns: wide ones (CJK, emoji) have two. */
export function* charactersOf(text: string): Generator<{ segment: string; index: number; width: number }> {
  for (let from = 0; from < text.length; ) {
    const end = pieceEnd(text, from);
    for (const { segment, index } of SEGMENTER.segment(text.slice(from, end)))
      yield { segment, index: from + index, width: isWide(segment) ? 2 : 1 };
    from = end;
  }
}

/** The segmenter's time grows with the square of its text: it is given pieces. */
const PIECE = 256;
const ASCII_PAIR = /[ -~](?=[ -~])/;

/** Where a piece ends: between two plain characters if there are some, and inside no pair of surrogates. */
function pieceEnd(text: string, from: number): number {
  const most = from + PIECE;
  if (most >= text.length) return text.length;
  const pair = text.slice(most, most + PIECE).search(ASCII_PAIR);
  if (pair !== -1) return most + pair + 1;
  return /[\udc00-\udfff]/.test(text.charAt(most)) ? most + 1 : most;
}

/** How many columns a text takes in a terminal: wide characters (CJK, emoji) two, marks none. */
export const widthOf = (text: string): number => {
  if (/^[ -~]*$/.test(text)) return text.length;
  let sum = 0;
  for (const { width } of charactersOf(text)) sum += width;
  return sum;
};

const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const isWide = (segment: string): boolean => segment > '\u10ff' && WIDE.test(segment);

/** The text, filled up with spaces. */
export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;

/** The rows as lines, their columns aligned, without spaces at the end. What is in them is made plain. */
export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const plain = rows.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of plain)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  return plain
    .map(
      (row) =>
        `${row
          .map((cell, at) => padded(cell, widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
};
