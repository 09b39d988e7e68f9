// What makers ask for their models at their own service, as the registry tells it.
import { FACTS_READ, families } from '../packages/providers/src/models/index.ts';
import type { MakerPrices } from '../packages/providers/src/registry/registry.ts';
import type { BackendFacts } from './backend-facts.ts';

/** Makers whose service asks a fee for each request besides. Source: https://docs.perplexity.ai/getting-started/pricing */
const WITH_FEES: ReadonlySet<string> = new Set(['perplexity']);

/** The field `prices` of a provider. One that is no maker's own service, under whatever id, has none. */
export const pricesAt = (
  { id, baseURL, models, modelsFor = {} }: Pick<BackendFacts, 'id' | 'baseURL' | 'models' | 'modelsFor'>,
  backends: readonly BackendFacts[],
): { readonly prices?: MakerPrices } => {
  if (WITH_FEES.has(id)) return {};
  const homes = backends.filter(
    (other) => other.id === id || (baseURL !== undefined && other.baseURL === baseURL),
  );
  const prices = [models, ...Object.values(modelsFor)]
    .flatMap((offered) => Object.entries(offered))
    .flatMap(([name, own]) => {
      const family = families.get(name);
      if (family?.price === undefined || !homes.some((home) => home.id === family.home)) return [];
      return [[own, [family.price.input, family.price.output]] as const];
    });
  return prices.length === 0 ? {} : { prices: { read: FACTS_READ, perMillion: Object.fromEntries(prices) } };
};
