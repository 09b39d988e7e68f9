// The middleware that keeps calls within a budget, as a program names it: what carries it out is loaded with the first call.
import { noField, wrong } from '../options/check-option.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { BudgetOptions, Middleware } from '../surface/middleware.ts';
import type { BudgetTerms } from './budget.ts';
import { meteredBy } from './with-metering.ts';

const PERIODS: readonly BudgetOptions['per'][] = ['call', 'hour', 'day', 'process'];

/**
 * Stops calls before a limit is passed: of tokens, or of US dollars (`usage.cost`). What a call under way may use is reserved, and
 * settled by what it did use; calls that may be too much wait for those before them. Where `max_tokens` bounds each call and the
 * model's price is known, no call that may pass the limit begins. Any other call is estimated by the whole answers of the model so
 * far: the limit is passed by as much as answers under way are longer, or dearer, than a quarter above the most of these.
 * A call that is stopped throws G4FError `payment-required`, which names the limit and when it begins anew.
 *
 * @throws G4FError `invalid-request` for options that there are not.
 */
export const withBudget = (options: BudgetOptions): Middleware => {
  const terms = reading(options, () => checkOptions(options));
  const middleware = meteredBy(async () => (await import('./budget.ts')).budgetMeter(terms));
  return withPlainForm(middleware, 'withBudget', options);
};

function checkOptions(options: unknown): BudgetTerms {
  if (!isFields(options))
    throw wrong('withBudget', 'given an object, such as { dollars: 5, per: "day" }', options);
  const { dollars, tokens, per, ...others }: Fields = options;
  const [other] = Object.keys(others);
  if (other !== undefined) throw noField('withBudget', other, ['dollars', 'tokens', 'per']);
  if ((dollars === undefined) === (tokens === undefined))
    throw wrong('withBudget', 'given either dollars or tokens; for both, use it twice', options);
  const period = PERIODS.find((one) => one === per);
  if (period === undefined) throw wrong('withBudget per', `one of ${PERIODS.join(', ')}`, per);
  const unit = dollars === undefined ? 'tokens' : 'dollars';
  const limit = dollars ?? tokens;
  if (typeof limit !== 'number' || !(limit > 0 && limit < Number.POSITIVE_INFINITY))
    throw wrong(`withBudget ${unit}`, 'a number above 0', limit);
  return { limit, unit, per: period };
}
