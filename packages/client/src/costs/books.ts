// What a client has used: attempts, tokens and dollars, by provider, model and operation.
import type { Operation } from '@g4f/core';
import { BoundedMap } from '../memory/bounded-map.ts';
import type { ClientUsage, ModelUsage, UsageSums } from '../surface/reports.ts';
import { Bill } from './bill.ts';
import type { PricedRequest } from './cost-of.ts';
import { type Counts, tokensIn } from './counts.ts';

/** What is used. */
interface UsedModel {
  readonly provider: string;
  readonly model: string;
  readonly operation: Operation | undefined;
}

/** How an attempt ended: with a whole answer, with a part of one, or with none. */
export type AttemptEnd = 'whole' | 'part' | 'none';

/** All sums of one client. */
export interface Books {
  /** For an attempt. */
  bill(request: PricedRequest): Bill;
  /** One attempt is over. @param used what its service counted; undefined if it told nothing */
  add(model: UsedModel, end: AttemptEnd, used: Counts | undefined): void;
  report(): ClientUsage;
}

type OpenSums = { -readonly [Sum in keyof UsageSums]: number };

/** Nothing used. */
export const createBooks = (): Books => {
  const total = nothing();
  const models = new BoundedMap<UsedSums>();
  // Most attempts are of the model of the one before, whose name would have to be put together anew.
  let last: UsedSums | undefined;
  const known = (model: UsedModel): UsedSums => {
    if (last === undefined || !isSame(last.model, model))
      last = models.getOr(keyOf(model), () => ({ model, sums: nothing() }));
    return last;
  };
  return {
    bill: (request) => new Bill(request),
    add(model, end, used) {
      addTo(total, end, used);
      addTo(known(model).sums, end, used);
    },
    report: () => ({ total: rounded(total), models: models.values().map(describe) }),
  };
};

interface UsedSums {
  readonly model: UsedModel;
  readonly sums: OpenSums;
}

const isSame = (a: UsedModel, b: UsedModel): boolean =>
  a.model === b.model && a.provider === b.provider && a.operation === b.operation;

const keyOf = ({ provider, operation, model }: UsedModel): string =>
  `${provider} ${operation ?? ''} ${model}`;

const nothing = (): OpenSums => ({
  attempts: 0,
  answers: 0,
  uncounted: 0,
  unpriced: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  cost: 0,
});

function addTo(sums: OpenSums, end: AttemptEnd, used: Counts | undefined): void {
  sums.attempts += 1;
  if (end === 'whole') sums.answers += 1;
  if (used === undefined) {
    if (end !== 'none') sums.uncounted += 1;
    return;
  }
  const { read, written } = tokensIn(used);
  const { total_tokens = read + written, cost } = used;
  sums.prompt_tokens += read;
  sums.completion_tokens += written;
  sums.total_tokens += total_tokens;
  if (cost === undefined) sums.unpriced += 1;
  else sums.cost += cost;
}

/** Without what adding binary fractions leaves. */
const rounded = (sums: OpenSums): UsageSums => ({ ...sums, cost: Number(sums.cost.toPrecision(12)) });

const describe = ({ model: { provider, model, operation }, sums }: UsedSums): ModelUsage => ({
  provider,
  model,
  ...(operation !== undefined && { operation }),
  ...rounded(sums),
});
