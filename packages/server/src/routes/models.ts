// The models that callers can ask for.
import type { Model } from '@g4f/client';
import type { Exchange } from '../exchange/exchange.ts';
import { leavingOf } from '../exchange/leaving.ts';
import { refuse } from '../failure/refusal.ts';
import type { Caller } from '../keys/caller.ts';

/** A service that does not tell its models soon is left out: it may not even be within reach. In ms. */
const PATIENCE = { connect: 3_000, headers: 10_000 };

/**
 * What can be used now: models of the providers that have a key or need none, and of the servers on this machine. The client keeps each
 * list for five minutes.
 */
export const listModels = async (exchange: Exchange): Promise<readonly Model[]> => {
  const options = { signal: leavingOf(exchange), timeout: PATIENCE };
  const { data } = await exchange.client.models.list({ live: true, usable: true }, options);
  const { caller } = exchange;
  return caller === undefined ? data : data.filter((model) => mayAsk(caller, model));
};

/** By its id or by another of its names. */
const mayAsk = (caller: Caller, { id, aliases = [] }: Model): boolean =>
  [id, ...aliases].some((name) => caller.allows(name));

/** The model of this id or alias. @throws Refusal 404 */
export const findModel = async (exchange: Exchange, id: string): Promise<Model> => {
  const models = await listModels(exchange);
  const found =
    models.find((model) => model.id === id) ?? models.find(({ aliases = [] }) => aliases.includes(id));
  if (found !== undefined) return found;
  throw refuse(
    404,
    'model-not-found',
    `The model ${JSON.stringify(id.slice(0, 200))} is not among those of GET /v1/models.`,
    {
      param: 'model',
    },
  );
};
