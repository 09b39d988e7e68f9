// Sums over rows of the ledger, where no database makes them.
import { dayOf } from './periods.ts';
import type { LedgerRow, UsageBy, UsageFilter, UsageSum } from './state.ts';

/** Whether a filter means this row. */
export const isMeant = (
  { at, key, model }: Pick<LedgerRow, 'at' | 'key' | 'model'>,
  filter: UsageFilter,
): boolean =>
  (filter.key === undefined || key === filter.key) &&
  (filter.model === undefined || model === filter.model) &&
  isDayMeant(dayOf(at), filter);

/** Whether a filter means rows of this day. */
export const isDayMeant = (day: string, { from = '', to }: UsageFilter): boolean =>
  day >= from && (to === undefined || day <= to);

/** What is summed of a row, or of a sum. */
export type Summed = Omit<UsageSum, 'of'>;

/** Two sums of the same as one. */
export const addSums = (a: Summed, b: Summed): Summed => ({
  requests: a.requests + b.requests,
  failed: a.failed + b.failed,
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  cost: a.cost + b.cost,
});

/** Of nothing. */
export const NO_SUM: Summed = { requests: 0, failed: 0, promptTokens: 0, completionTokens: 0, cost: 0 };

/** The sums of rows. */
export const sumRows = (by: UsageBy, rows: readonly LedgerRow[]): readonly UsageSum[] => {
  const sums = new Map<string, Summed>();
  for (const row of rows) {
    const of = by === 'day' ? dayOf(row.at) : row[by];
    const one = { ...row, requests: 1, failed: row.status >= 400 ? 1 : 0 };
    sums.set(of, addSums(sums.get(of) ?? NO_SUM, one));
  }
  return [...sums].map(([of, sum]) => ({ of, ...sum }));
};

/** The order in which sums are told. */
export const sortSums = (by: UsageBy, sums: readonly UsageSum[]): readonly UsageSum[] =>
  [...sums].sort((a, b) =>
    by === 'day' ? a.of.localeCompare(b.of) : b.cost - a.cost || b.requests - a.requests,
  );
