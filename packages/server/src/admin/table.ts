// Rows as a table of text.

type Cell = string | number;

/** Columns under their names, numbers to the right. What could steer a terminal is not shown. */
export const tableOf = (names: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const texts = [names, ...rows.map((row) => row.map((cell) => shown(String(cell))))];
  const widths = names.map((_, at) => Math.max(...texts.map((row) => row[at]?.length ?? 0)));
  const isNumeric = names.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number'));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((text, at) => (isNumeric[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${texts.map(lineOf).join('\n')}\n`;
};

const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?') || '-';
