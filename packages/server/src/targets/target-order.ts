// Who is asked for a name of this gateway's own, in which order.
import { refuse } from '../failure/refusal.ts';
import { asList, asObject, asText, type Json } from '../json/json.ts';
import { takes } from './condition.ts';
import type { ModelTarget, TargetTable } from './target.ts';

/** A number from 0 up to, but not including, 1. */
export type RandomNumber = () => number;

/**
 * The providers of the name as the client takes them (`id:model`), in the order in which they are to be asked; undefined for a model
 * that is no name of this gateway's.
 * @param params may name a provider of its own, which is then the only one asked.
 * @throws Refusal 400 if no target takes the request
 */
export const choicesOf = (
  table: TargetTable,
  { params, stream }: { readonly params: Json; readonly stream: boolean },
  draw: RandomNumber = Math.random,
): readonly string[] | undefined => {
  const name = asText(params.model)?.trim() ?? '';
  const targets = table.get(name);
  if (targets === undefined) return undefined;
  const named = params.provider == null ? undefined : asList(params.provider).map(idOf);
  const able = targets.filter(
    ({ provider, when }) => (named === undefined || named.includes(provider)) && takes(when, params, stream),
  );
  if (able.length === 0)
    throw refuse(
      400,
      'invalid-request',
      `No provider of the model ${JSON.stringify(name.slice(0, 200))} takes this request at this gateway: its conditions ask for others.`,
      { param: 'model' },
    );
  return ordered(able, draw).map(({ provider, model }) => `${provider}:${model ?? name}`);
};

/** A provider of the operator's own is an object. */
const idOf = (provider: unknown): unknown => asObject(provider)?.id ?? provider;

/** As they stand, or drawn one after the other by their weights. */
function ordered(targets: readonly ModelTarget[], draw: RandomNumber): readonly ModelTarget[] {
  if (targets.every(({ weight }) => weight === undefined)) return targets;
  const left = targets.filter(({ weight }) => weight !== 0);
  const order: ModelTarget[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight = 1 }) => total + weight, 0);
    let rest = draw() * sum;
    const at = left.findIndex(({ weight = 1 }) => {
      rest -= weight;
      return rest < 0;
    });
    order.push(...left.splice(at === -1 ? left.length - 1 : at, 1));
  }
  return [...order, ...targets.filter(({ weight }) => weight === 0)];
}
