// A chart of bars, in text.
import { tableOf } from './table.ts';

/** How long the longest bar is, in columns. */
const LONGEST = 40;

/** A row for each count, its bar as long as the count beside the largest; none for 0, at least a sign for anything more. */
export const barsOf = (rows: readonly (readonly [label: string, count: number])[]): string => {
  const most = Math.max(...rows.map(([, count]) => count));
  return tableOf(
    rows.map(([label, count]) => [
      ...[label, '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / most) * LONGEST)))],
      String(count),
    ]),
  );
};
