// What was used, as operators ask for it and see it.
import { mustBe } from '../json/json.ts';
import { isDay } from '../state/periods.ts';
import type { LedgerRow, State, UsageBy, UsageFilter, UsageSum } from '../state/state.ts';

const WAYS: readonly (UsageBy | 'request')[] = ['key', 'model', 'provider', 'day', 'request'];
/** Rows of one report. */
const MOST = 1_000;

/** What is asked for, each as it was written. */
export interface AskedUsage {
  /** `key` unless given; `request` for the last rows. */
  readonly by?: string | undefined;
  /** The id of a key. */
  readonly key?: string | undefined;
  readonly model?: string | undefined;
  /** Days of UTC, as `2026-11-29`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** How many rows; 100, at most 1,000. */
  readonly limit?: string | undefined;
}

/** Sums or rows. */
export interface UsageReport {
  readonly object: 'list';
  readonly by: string;
  readonly data: readonly (ShownSum | ShownRow)[];
}

/** A sum: what it is of stands in `of`; `cost` is in US dollars. */
export type ShownSum = ReturnType<typeof shownSum>;

/** A request: `cost` in US dollars, `time` when it came. */
export type ShownRow = ReturnType<typeof shownRow>;

/** The report. @throws Refusal 400 that names the field */
export const usageReport = async (state: State, asked: AskedUsage): Promise<UsageReport> => {
  const { by = 'key', key, model, limit = '100' } = asked;
  const way = WAYS.find((one) => one === by);
  if (way === undefined) throw mustBe('by', `one of ${WAYS.join(', ')}`);
  const filter: UsageFilter = { key, model, from: readDay(asked, 'from'), to: readDay(asked, 'to') };
  if (way !== 'request')
    return { object: 'list', by: way, data: (await state.usage(way, filter)).map(shownSum) };
  const most = Number(limit);
  if (!(Number.isInteger(most) && most > 0 && most <= MOST))
    throw mustBe('limit', `a whole number from 1 to ${MOST}`);
  return { object: 'list', by: way, data: (await state.rows(filter, most)).map(shownRow) };
};

function readDay(asked: AskedUsage, field: 'from' | 'to'): string | undefined {
  const day = asked[field];
  if (day === undefined || isDay(day)) return day;
  throw mustBe(field, 'a day such as 2026-11-29');
}

const countsOf = ({
  promptTokens,
  completionTokens,
  cost,
}: Pick<LedgerRow, 'promptTokens' | 'completionTokens' | 'cost'>) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  cost: cost / 1e9,
});

const shownSum = ({ of, requests, failed, ...counts }: UsageSum) => ({
  ...{ of, requests, failed },
  ...countsOf(counts),
});

const shownRow = ({ id, at, key, model, provider, operation, status, ms, ...counts }: LedgerRow) => ({
  ...{ id, time: new Date(at).toISOString(), key, model, provider, operation },
  ...countsOf(counts),
  ...{ status, ms },
});
