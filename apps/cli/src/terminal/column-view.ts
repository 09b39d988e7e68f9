// Several texts side by side while they grow, on the terminal's other screen, which is gone afterwards.
import { plainText } from './plain-text.ts';
import { charactersOf, padded } from './table.ts';

const EVERY_MS = 60;
const GAP = ' │ ';

/** The text cut into lines of at most so many columns. */
export const wrapped = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => rowsOf(line, width));

/** At the last space of a row, where it has one; each character is looked at once. */
function rowsOf(line: string, width: number): readonly string[] {
  const rows: string[] = [];
  // Where the row begins, and its last space ends; how wide it is up to there, and up to here.
  let [from, space, before, used] = [0, 0, 0, 0];
  for (const { segment, index, width: own } of charactersOf(line)) {
    while (used + own > width && index > from) {
      const end = space > from ? space : index;
      rows.push(line.slice(from, end).trimEnd());
      used -= space > from ? before : used;
      [from, before] = [end, 0];
    }
    used += own;
    if (segment === ' ') [space, before] = [index + 1, used];
  }
  return [...rows, line.slice(from)];
}

/** The end of a long text, which alone is seen: it begins at the same place until as much again has come, so that no row jumps. */
const endOf = (text: string, most: number): string =>
  text.slice(Math.max(0, Math.floor(text.length / most) - 1) * most);

/** The rows of the screen: each text in a column of its own, its end where it is longer than the screen. */
export const columnRows = (
  titles: readonly string[],
  texts: readonly string[],
  columns: number,
  rows: number,
): readonly string[] => {
  const width = Math.max(1, Math.floor((columns - GAP.length * (titles.length - 1)) / titles.length));
  const cut = (text: string): string => wrapped(text, width)[0] ?? '';
  const most = 2 * width * Math.max(1, rows);
  const shown = texts.map((text) => wrapped(endOf(text, most), width).slice(-Math.max(1, rows - 3)));
  const height = Math.max(...shown.map(({ length }) => length));
  const row = (cells: readonly string[]): string => cells.map((cell) => padded(cell, width)).join(GAP);
  return [
    row(titles.map(cut)),
    titles.map(() => '─'.repeat(width)).join('─┼─'),
    ...Array.from({ length: height }, (_, at) => row(shown.map((lines) => lines[at] ?? ''))),
  ];
};

/** The columns, on the terminal. */
export class ColumnView {
  readonly #titles: readonly string[];
  readonly #texts: string[];
  #timer: NodeJS.Timeout | undefined;

  constructor(titles: readonly string[]) {
    this.#titles = titles;
    this.#texts = titles.map(() => '');
    process.stdout.write('\u001b[?1049h\u001b[?25l');
    process.stdout.on('resize', this.#draw);
    process.on('exit', this.#restore);
    this.#draw();
  }

  /** Adds to a text. */
  write(at: number, piece: string): void {
    this.#texts[at] = (this.#texts[at] ?? '') + plainText(piece);
    this.#timer ??= setTimeout(this.#draw, EVERY_MS);
  }

  /** Goes back to the usual screen. */
  close(): void {
    clearTimeout(this.#timer);
    process.stdout.off('resize', this.#draw);
    process.off('exit', this.#restore);
    this.#restore();
  }

  /** A program that ends at once must not leave the person without a cursor. */
  readonly #restore = (): void => {
    process.stdout.write('\u001b[?25h\u001b[?1049l');
  };

  readonly #draw = (): void => {
    this.#timer = undefined;
    const { columns = 80, rows = 24 } = process.stdout;
    const lines = columnRows(this.#titles, this.#texts, columns, rows);
    process.stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
  };
}
