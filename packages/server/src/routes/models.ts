// The models that callers can ask for.
import type { Model } from '@g4f/client';
import { isG4FError } from '@g4f/core';
import type { Exchange } from '../exchange/exchange.ts';
import { leavingOf } from '../exchange/leaving.ts';
import { refuse } from '../failure/refusal.ts';
import type { Caller } from '../keys/caller.ts';
import { modelNotAllowed } from '../keys/refusals.ts';

/** A service that does not tell its models soon is left out: it may not even be within reach. In ms. */
const PATIENCE = { connect: 3_000, headers: 10_000 };

/**
 * What can be used now: models of the providers that have a key or need none, and of the servers on this machine. The client keeps each
 * list for five minutes.
 */
export const listModels = async (exchange: Exchange): Promise<readonly Model[]> => {
  const options = { signal: leavingOf(exchange), timeout: PATIENCE };
  const { caller, targets, client, routesByName } = exchange;
  const [{ data: told }, { data: routed }] = await Promise.all([
    client.models.list({ live: true, usable: true }, options),
    client.models.list({ usable: true }, options),
  ]);
  const data = routesByName ? told.map((model) => named(model, routed)) : told;
  const own = ownNames(exchange, data);
  const others = data.filter(({ id }) => !targets.has(id));
  if (caller === undefined) return [...own, ...others];
  // No provider knows a name of the gateway's own.
  return [...own.filter(({ id }) => caller.allows(id)), ...others.flatMap((model) => askable(caller, model))];
};

/** By a name that leads to it: what a service lists, and no table of its provider has, is asked for at this provider alone. */
function named(model: Model, routed: readonly Model[]): Model {
  const known = routed.find(({ id }) => id === model.id)?.providers ?? [];
  const [provider] = model.providers;
  if (provider === undefined || model.providers.some((id) => known.includes(id))) return model;
  const { aliases: _, ...facts } = model;
  return { ...facts, id: `${provider}:${model.id}`, providers: [provider] };
}

/** By those of its names that its caller may ask for, the first as its id; or, of one provider alone, as `provider:id`. */
function askable(caller: Caller, model: Model): readonly Model[] {
  const { aliases = [], ...others } = model;
  const [id, ...more] = [model.id, ...aliases].filter((name) => caller.allows(name));
  if (id !== undefined) return [{ ...others, id, ...(more.length > 0 && { aliases: more }) }];
  return model.providers
    .map((provider) => ({ ...others, id: `${provider}:${model.id}`, providers: [provider] }))
    .filter(({ id }) => caller.allows(id));
}

/** The gateway's own names: what is known of each is what is known of its first target. */
const ownNames = ({ targets }: Exchange, models: readonly Model[]): readonly Model[] =>
  [...targets].map(([id, list]): Model => {
    const [first] = list;
    const meant = models.find((model) => model.id === (first?.model ?? id));
    const {
      aliases: _,
      family: _family,
      ...facts
    } = meant ?? { created: 0, owned_by: first?.provider ?? '' };
    return { ...facts, id, object: 'model', providers: [...new Set(list.map(({ provider }) => provider))] };
  });

/** The model of this id or alias, or, as `provider:model` or `provider/model`, one of a provider that the list names. @throws Refusal 404 */
export const findModel = async (exchange: Exchange, id: string): Promise<Model> => {
  const models = await listModels(exchange);
  const found =
    models.find((model) => model.id === id) ??
    models.find(({ aliases = [] }) => aliases.includes(id)) ??
    (await ofOneProvider(exchange, models, id));
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

/** What the provider lists now, by any name by which a chat reaches it there. */
async function ofOneProvider(
  exchange: Exchange,
  models: readonly Model[],
  id: string,
): Promise<Model | undefined> {
  const { caller, client } = exchange;
  const [provider = ''] = id.split(/[:/]/, 1);
  const isUsed = models.some(({ providers }) => providers.includes(provider));
  if (provider === id || !isUsed || caller?.allows(id) === false) return undefined;
  try {
    const options = { signal: leavingOf(exchange), timeout: PATIENCE };
    const { aliases: _, ...model } = await client.models.retrieve(id, options);
    return { ...model, id, providers: [provider] };
  } catch (error) {
    if (isG4FError(error) && error.code === 'model-not-found') return undefined;
    throw error;
  }
}

/**
 * Looks whether a model is offered, without asking it anything. Where that cannot be learnt now (a service whose list of models is away),
 * it is taken to be: a chat tells.
 * @throws Refusal 404 with `unknown` for a model that nobody offers, 403 for one that the caller's key may not ask for
 */
export const checkOffered = async (exchange: Exchange, id: string, unknown: string): Promise<void> => {
  const { caller, targets, client } = exchange;
  if (caller?.allows(id) === false) throw modelNotAllowed(id);
  if (targets.has(id)) return;
  try {
    await client.models.retrieve(id, { signal: leavingOf(exchange), timeout: PATIENCE });
  } catch (error) {
    if (isG4FError(error) && error.code === 'model-not-found' && error.status === undefined)
      throw refuse(404, 'model-not-found', unknown, { param: 'model' });
  }
};
