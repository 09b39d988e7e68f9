// Checks the options that say who is asked, in which order, and who besides.

import type { Hedge, Routing, RoutingPolicy } from '../surface/options.ts';
import { noField, wrong } from './check-option.ts';
import { isPlainObject } from './plain-value.ts';

/** @throws G4FError `invalid-request` */
export const checkHedge = (value: unknown): Hedge | undefined => {
  if (value === undefined) return undefined;
  const { afterMs } = fieldsOf('hedge', value, ['afterMs']);
  if (typeof afterMs === 'number' && afterMs >= 0) return { afterMs };
  throw wrong('hedge.afterMs', 'a number of ms, 0 or more', afterMs);
};

const POLICIES: ReadonlySet<string> = new Set<RoutingPolicy>([
  'order',
  'round-robin',
  'weighted',
  'lowest-latency',
  'cheapest',
]);

/** @throws G4FError `invalid-request` */
export const checkRouting = (value: unknown): Required<Routing> => {
  const given = typeof value === 'string' ? { policy: value } : (value ?? {});
  const fields = fieldsOf('routing', given, ['policy', 'weights', 'prices', 'sticky']);
  const { policy = 'order', sticky = true } = fields;
  if (!isPolicy(policy)) throw wrong('routing', `one of ${[...POLICIES].join(', ')}`, policy);
  if (typeof sticky !== 'boolean') throw wrong('routing.sticky', 'true or false', sticky);
  const weights = numbersIn('routing.weights', fields.weights ?? {});
  const prices: Record<string, { input: number; output: number }> = {};
  for (const [id, price] of Object.entries(objectIn('routing.prices', fields.prices ?? {}))) {
    const { input, output } = numbersIn(`routing.prices.${id}`, price);
    if (input === undefined || output === undefined)
      throw wrong(
        `routing.prices.${id}`,
        'an object with input and output, in dollars per million tokens',
        price,
      );
    prices[id] = { input, output };
  }
  return { policy, weights, prices, sticky };
};

const isPolicy = (value: unknown): value is RoutingPolicy => typeof value === 'string' && POLICIES.has(value);

function objectIn(option: string, value: unknown): Readonly<Record<string, unknown>> {
  if (!isPlainObject(value)) throw wrong(option, 'an object', value);
  // Without a prototype, because a field that somebody put on `Object.prototype` is no option.
  return Object.assign(Object.create(null), value);
}

function fieldsOf(
  option: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const fields = objectIn(option, value);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw noField(option, unknown, known);
  return fields;
}

function numbersIn(option: string, value: unknown): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const [name, number] of Object.entries(objectIn(option, value))) {
    if (typeof number !== 'number' || !(number >= 0) || number === Number.POSITIVE_INFINITY)
      throw wrong(`${option}.${name}`, 'a number, 0 or more', number);
    numbers[name] = number;
  }
  return numbers;
}
