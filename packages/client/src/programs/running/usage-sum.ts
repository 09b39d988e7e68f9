// The token counts of several answers as one.
import type { Usage } from '@g4f/core';

/** The sum; tokens that only some count are summed over these, a cost is told only if all tell one. Undefined if none says anything. */
export const sumOfUsage = (usages: readonly (Usage | undefined)[]): Usage | undefined => {
  const told = usages.filter((usage) => usage !== undefined);
  const [first, ...others] = told;
  if (first === undefined) return undefined;
  const sum = others.reduce(add, first);
  if (told.length === usages.length) return sum;
  const { cost: _, cost_basis: __, ...counts } = sum;
  return counts;
};

function add(one: Usage, other: Usage): Usage {
  const { native: _, ...a } = one;
  const { native: __, ...b } = other;
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
    ...details('prompt_tokens_details', a, b),
    ...details('completion_tokens_details', a, b),
    ...costs(a, b),
  };
}

/** What the sum rests on is told where it is the same for both. */
function costs(a: Usage, b: Usage): Partial<Usage> {
  if (a.cost === undefined || b.cost === undefined) return {};
  const cost = Number((a.cost + b.cost).toPrecision(12));
  const [one, other] = [a.cost_basis, b.cost_basis];
  const basis = one?.source === 'maker' && one.at_most ? one : (other ?? one);
  return {
    cost,
    ...(basis !== undefined && isSameBasis(one, other) && { cost_basis: basis }),
  };
}

const isSameBasis = (one: Usage['cost_basis'], other: Usage['cost_basis']): boolean =>
  one?.source === 'maker' && other?.source === 'maker'
    ? one.input === other.input && one.output === other.output && one.date === other.date
    : one?.source === other?.source;

type Details = 'prompt_tokens_details' | 'completion_tokens_details';

function details(name: Details, a: Usage, b: Usage): Partial<Usage> {
  const [one, other] = [a[name] ?? {}, b[name] ?? {}];
  const sums = new Map<string, number>();
  for (const [field, count] of [...Object.entries(one), ...Object.entries(other)])
    if (typeof count === 'number') sums.set(field, (sums.get(field) ?? 0) + count);
  return sums.size === 0 ? {} : { [name]: Object.fromEntries(sums) };
}
