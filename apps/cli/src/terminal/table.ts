// Rows of texts as aligned columns.
import { oneLine } from './plain-text.ts';

/** How many columns a text takes in a terminal: wide characters (CJK, emoji) two, marks none. */
export const widthOf = (text: string): number => {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) width += isWide(segment) ? 2 : 1;
  return width;
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
