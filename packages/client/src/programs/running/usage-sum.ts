// The token counts of several answers as one.
import type { Usage } from '@g4f/core';

/** The sum; what only some say is summed over these. Undefined if none says anything. */
export const sumOfUsage = (usages: readonly (Usage | undefined)[]): Usage | undefined =>
  usages.reduce(
    (sum, usage) => (sum === undefined || usage === undefined ? (sum ?? usage) : add(sum, usage)),
    undefined,
  );

function add(one: Usage, other: Usage): Usage {
  const { native: _, ...a } = one;
  const { native: __, ...b } = other;
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
    ...details('prompt_tokens_details', a, b),
    ...details('completion_tokens_details', a, b),
  };
}

type Details = 'prompt_tokens_details' | 'completion_tokens_details';

function details(name: Details, a: Usage, b: Usage): Partial<Usage> {
  const [one, other] = [a[name] ?? {}, b[name] ?? {}];
  const sums = new Map<string, number>();
  for (const [field, count] of [...Object.entries(one), ...Object.entries(other)])
    if (typeof count === 'number') sums.set(field, (sums.get(field) ?? 0) + count);
  return sums.size === 0 ? {} : { [name]: Object.fromEntries(sums) };
}
