// The client of a run whose cost is limited.
import { AsyncClient, type ClientOptions } from '@g4f/client';
import { withMetering } from '@g4f/client/middleware';
import { CostLimit } from './cost-limit.ts';
import { priceOf } from './known-price.ts';
import { allProviders, type Rows } from './providers.ts';

/** Makes it. @param maxCost what its calls may cost together, in US dollars. */
export const limited = async (
  maxCost: number,
  options: ClientOptions,
  rows: Rows,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly client: AsyncClient; readonly limit: CostLimit }> => {
  const providers = await allProviders(rows);
  const familyOf = async (model: string): Promise<string> => {
    const { family, id } = await client.models.retrieve(model);
    return family ?? id;
  };
  const fallback = options.fallback ?? env.G4F_FALLBACK;
  const limit = new CostLimit(maxCost, (asked) =>
    priceOf({ ...asked, fallback: asked.fallback ?? (fallback || undefined) }, { providers, env, familyOf }),
  );
  const client = new AsyncClient({ ...options, use: [withMetering(limit.meter)] });
  return { client, limit };
};
