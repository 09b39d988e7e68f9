// Rows of SQLite, whose columns are unknown until they are read, and the conditions by which they are found.
import { checkLedgerRow } from '../state/ledger-row.ts';
import type { LedgerRow, UsageFilter, UsageSum } from '../state/state.ts';
import type { Value } from './sqlite-driver.ts';

/** What a sum is made of. */
export const SUM_COLUMNS = `COUNT(*) AS requests, SUM(status >= 400) AS failed, SUM(prompt_tokens) AS prompt_tokens,
  SUM(completion_tokens) AS completion_tokens, SUM(cost) AS cost`;

const fieldOf = (row: unknown, name: string): unknown => Object(row)[name];

/** The number in this column; 0 where there is none. @throws Error for what is no number: a limit would hold nobody then */
export const numberOf = (row: unknown, name: string): number => {
  const number = Number(fieldOf(row, name) ?? 0);
  if (Number.isFinite(number)) return number;
  throw new TypeError('a value is malformed');
};

/** The text in this column. */
export const textOf = (row: unknown, name: string): string => String(fieldOf(row, name) ?? '');

const countsOf = (row: unknown) => ({
  promptTokens: numberOf(row, 'prompt_tokens'),
  completionTokens: numberOf(row, 'completion_tokens'),
  cost: numberOf(row, 'cost'),
});

/** A row of the ledger. @throws Error for one that is damaged */
export const rowOf = (row: unknown, file: string): LedgerRow =>
  checkLedgerRow(
    {
      id: textOf(row, 'id'),
      at: numberOf(row, 'at'),
      key: textOf(row, 'key'),
      model: textOf(row, 'model'),
      provider: textOf(row, 'provider'),
      operation: textOf(row, 'operation'),
      ...countsOf(row),
      status: numberOf(row, 'status'),
      ms: numberOf(row, 'ms'),
    },
    file,
  );

/** A sum. */
export const sumOf = (row: unknown): UsageSum => ({
  of: textOf(row, 'of_what'),
  requests: numberOf(row, 'requests'),
  failed: numberOf(row, 'failed'),
  ...countsOf(row),
});

/** The condition, and the values in it. */
export const whereOf = ({ key, model, from, to }: UsageFilter) => {
  const terms: readonly (readonly [string, Value | undefined])[] = [
    ['key = ?', key],
    ['model = ?', model],
    ['day >= ?', from],
    ['day <= ?', to],
  ];
  const given = terms.flatMap(([term, value]) => (value === undefined ? [] : [{ term, value }]));
  const where = given.length === 0 ? '' : `WHERE ${given.map(({ term }) => term).join(' AND ')}`;
  return { where, values: given.map(({ value }) => value) };
};
