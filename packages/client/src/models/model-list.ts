// What models.list() answers: families from the registry, live lists from the services, and both joined.
import { type Abortable, G4FError, type ModelFacts, toG4FError } from '@g4f/core';
import type { Family } from '@g4f/providers/models';
import { timeoutError } from '../attempt/deadlines.ts';
import { RequestScope } from '../attempt/request-scope.ts';
import { allModels } from '../catalog/operation-catalog.ts';
import type { ProviderCatalog } from '../catalog/provider-catalog.ts';
import { type ProviderEntry, providerOf } from '../catalog/provider-entry.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { toProviderError } from '../errors/provider-error.ts';
import type { Settings } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import { candidatesOf, findRoute } from '../routing/route.ts';
import type { ListParams, Model, ModelList } from '../surface/models.ts';
import { createModelCache } from './model-cache.ts';

type KnownModels = typeof import('@g4f/providers/models');

/** Most that one provider's list may take, in ms: one that never ends would hold those of all others. */
const MOST_MS = 30_000;

const cache = createModelCache();

/** The list for these options. @throws G4FError */
export const listModels = async (
  settings: Settings,
  params: Pick<ListParams, 'live' | 'refresh' | 'usable'>,
  signal: Abortable,
): Promise<ModelList> => {
  const [live, refresh] = [params.live === true, params.refresh === true];
  const known: KnownModels = await import('@g4f/providers/models');
  if (settings.choices.length > 0 || settings.baseURL !== undefined)
    return named(known, settings, refresh, signal);
  const catalog = await settings.loadCatalog();
  const families =
    params.usable === true ? usableFamilies(known, settings, catalog) : familiesOf(known, catalog);
  return live
    ? withLive(known, families, catalog, settings, refresh, signal)
    : { object: 'list', data: families };
};

/** Every family, with the providers of this client that offer it. */
function familiesOf({ families, FACTS_READ }: KnownModels, catalog: ProviderCatalog): readonly Model[] {
  const offers = new Map<string, string[]>([...families.keys()].map((family) => [family, []]));
  for (const entry of Object.values(catalog)) {
    const { id } = entry;
    for (const family of Object.keys(allModels(entry)))
      offers.set(family, [...(offers.get(family) ?? []), id]);
  }
  return [...offers]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([id, providers]): Model => {
      const family = families.get(id);
      return {
        id,
        object: 'model',
        created: family?.released === undefined ? 0 : Date.parse(family.released) / 1000,
        owned_by: family?.maker ?? providers[0] ?? '',
        providers,
        family: id,
        ...factsOf(family),
        ...(family?.price !== undefined && { price: family.price }),
        ...(family?.aliases !== undefined && { aliases: family.aliases }),
        ...(family !== undefined && { retrieved: FACTS_READ }),
      };
    });
}

/** Families of the providers that have a key or need none, with these providers only. */
const usableFamilies = (
  known: KnownModels,
  settings: Settings,
  catalog: ProviderCatalog,
): readonly Model[] => {
  const usable = candidatesOf(settings, catalog).map(({ backend }) => [backend.id, catalog[backend.id]]);
  return familiesOf(known, Object.fromEntries(usable)).filter(({ providers }) => providers.length > 0);
};

/** What is true of the family wherever it is offered: not its price, which is its maker's. */
const factsOf = (family: Family | undefined): Partial<Model> =>
  family === undefined
    ? {}
    : {
        input: family.input ?? ['text'],
        output: family.output ?? ['text'],
        ...(family.contextLength !== undefined && { context_length: family.contextLength }),
        ...(family.ended !== undefined && { ended: family.ended }),
        ...(family.successor !== undefined && { successor: family.successor }),
      };

async function named(
  known: KnownModels,
  settings: Settings,
  refresh: boolean,
  signal: Abortable,
): Promise<ModelList> {
  const { candidates, unusable } = await findRoute({ model: '' }, settings);
  const [missing] = unusable;
  if (missing !== undefined) {
    throw new G4FError(`${missing.id}: cannot list its models: ${missing.missing}.`, { code: 'no-provider' });
  }
  const lists = await Promise.all(
    candidates.map((candidate) => listOne(known, candidate, settings, refresh, signal)),
  );
  return { object: 'list', data: lists.flat() };
}

/** Families first, then what the usable providers list besides. One that fails is told of, and takes nothing from the others. */
async function withLive(
  known: KnownModels,
  families: readonly Model[],
  catalog: ProviderCatalog,
  settings: Settings,
  refresh: boolean,
  signal: Abortable,
): Promise<ModelList> {
  const lists = await Promise.allSettled(
    candidatesOf(settings, catalog).map((candidate) =>
      listOne(known, candidate, settings, refresh, signal, true),
    ),
  );
  if (signal.aborted) throw toAbortError(signal);
  const errors = lists
    .filter((list) => list.status === 'rejected')
    .map(({ reason }) => toG4FError(reason, { code: 'internal' }))
    .map(({ provider = '', code, message }) => ({ provider, code, message }));
  const live = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
  return { object: 'list', data: join(families, live, catalog), ...(errors.length > 0 && { errors }) };
}

/** Families first; what a provider offers as one of them is not listed again, but tells what was not known of it. */
function join(
  families: readonly Model[],
  live: readonly Model[],
  catalog: ProviderCatalog,
): readonly Model[] {
  const told = new Map<string, Model>();
  const others = live.filter((model) => {
    const { id, family = '', providers } = model;
    const offered = providers.some((by) => {
      const entry = catalog[by];
      return entry !== undefined && allModels(entry)[family] === id;
    });
    if (offered) told.set(family, { ...model, ...told.get(family) });
    return !offered;
  });
  const joined = families.map((family): Model => ({ ...factsToldOf(told.get(family.id)), ...family }));
  return [...joined, ...others];
}

const factsToldOf = (model: Model | undefined): Partial<Model> => {
  const { context_length, input, output } = model ?? {};
  return {
    ...(context_length !== undefined && { context_length }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
  };
};

/** @param asked whether the provider is asked first whether it is there: one that is not lists nothing. */
async function listOne(
  known: KnownModels,
  candidate: Candidate,
  settings: Settings,
  refresh: boolean,
  signal: Abortable,
  asked = false,
): Promise<readonly Model[]> {
  const { backend } = candidate;
  const attempt = new RequestScope(candidate, settings, signal);
  const ms = Math.min(settings.limits.total, MOST_MS);
  const timer = setTimeout(() => attempt.stop(timeoutError(backend.id, 'total', ms, backend.id)), ms);
  try {
    const provider = await attempt.deadlines.wait(Promise.resolve(providerOf(backend)));
    if (asked && provider.available !== undefined) {
      if ((await attempt.deadlines.wait(provider.available(attempt.context))) !== undefined) return [];
    }
    if (provider.listModels === undefined)
      return Object.values(allModels(backend)).map((id) => toModel(known, backend, { id }));
    const { list, at } = await cache.get({ provider, candidate, env: settings.env }, refresh, () =>
      attempt.deadlines.wait(provider.listModels?.(attempt.context) ?? Promise.resolve([])),
    );
    return list.map((facts) => ({ ...toModel(known, backend, facts), retrieved: at }));
  } catch (error) {
    throw toProviderError(error, attempt.secrets, { received: attempt.received });
  } finally {
    clearTimeout(timer);
    attempt.abandon();
  }
}

/** A service's own facts count more than what is known of the family. */
function toModel(known: KnownModels, backend: ProviderEntry, facts: ModelFacts): Model {
  const { id, created = 0, ownedBy = backend.id, contextLength, input, output, price } = facts;
  const family = familyAt(known, backend, id);
  return {
    id,
    object: 'model',
    created,
    owned_by: ownedBy,
    providers: [backend.id],
    ...(family !== undefined && { family, ...factsOf(known.families.get(family)) }),
    ...(contextLength !== undefined && { context_length: contextLength }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(price !== undefined && { price }),
  };
}

/** The family that a provider offers under this id, or else the one that the id names; a dated snapshot is none. */
function familyAt({ findFamily }: KnownModels, entry: ProviderEntry, id: string): string | undefined {
  const models = allModels(entry);
  const offered = Object.keys(models).find((family) => models[family] === id);
  if (offered !== undefined) return offered;
  const named = findFamily(id);
  return named?.snapshot === undefined ? named?.family : undefined;
}
