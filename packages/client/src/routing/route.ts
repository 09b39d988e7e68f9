// Which providers may answer, in which order, and under which name each knows the model.
import type { Operation } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { openaiCompatible, serverOperations } from '@g4f/providers/parts';
import { cannotServe, findProvider, modelIn } from '../catalog/find-provider.ts';
import { catalogFor, entryFor } from '../catalog/operation-catalog.ts';
import type { ProviderCatalog } from '../catalog/provider-catalog.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { fromProvider } from '../catalog/provider-entry.ts';
import { VERBS } from '../errors/verbs.ts';
import { BoundedMap } from '../memory/bounded-map.ts';
import { isKeyList, type Settings } from '../options/settings.ts';
import { agreedProviders } from './agreed-models.ts';
import type { Candidate, Route } from './candidate.ts';
import { candidatesAmong, forSeveral, withoutExtra } from './candidates-among.ts';
import { familyOf, modelIdAt, offered, splitAtColon, splitAtSlash } from './model-id.ts';
import { inCatalog, type Offer, offersOf, offersOfAnotherName, sameModelElsewhere } from './model-offers.ts';

/** What is asked for: a model, for an operation; for any, where none is named. */
interface Asked {
  readonly model: string;
  readonly operation?: Operation | undefined;
}

/**
 * The route of a call.
 * @throws G4FError `model-not-found` with near names, `no-provider` for an unknown provider, `invalid-request`
 *   when a key or an address is given and it is not clear for which provider.
 */
export const findRoute = ({ model, operation }: Asked, settings: Settings): Route | Promise<Route> => {
  const { choices, baseURL, loadCatalog } = settings;
  if (choices.length > 0) return routeByChoice({ model, operation }, settings);
  // Who knows the address and names nobody needs no list of providers.
  if (baseURL !== undefined && !model.includes(':')) return routeTo(baseURL, model, settings);
  const catalog = loadCatalog();
  return isPromise(catalog)
    ? catalog.then((loaded) => routeByCatalog(model, operation, settings, loaded))
    : routeByCatalog(model, operation, settings, catalog);
};

const routeTo = (baseURL: string, model: string, settings: Settings): Route =>
  candidatesAmong([[customAt(baseURL), model]], settings, true);

function routeByCatalog(
  model: string,
  operation: Operation | undefined,
  settings: Settings,
  all: ProviderCatalog,
): Route | Promise<Route> {
  const { baseURL } = settings;
  const [prefix, rest] = splitAtColon(model);
  const prefixed = prefix === undefined ? undefined : inCatalog(all, prefix);
  if (prefixed !== undefined && rest !== '') {
    const able = operation === undefined ? prefixed : entryFor(prefixed, operation);
    if (able === undefined) throw cannotServe(prefixed, operation ?? 'chat', all);
    return candidatesAmong([[able, modelIdAt(able, model)]], settings, true);
  }
  if (baseURL !== undefined) return routeTo(baseURL, model, settings);
  const catalog = operation === undefined ? all : catalogFor(all, operation);
  const offers = offersOf(model, catalog);
  const named = namedBefore(model, catalog);
  if (named !== undefined) return routeToNamed(named, offers, settings);
  if (offers.length === 0) return routeByAnotherName({ model, operation }, settings, catalog, all);
  const found = candidatesAmong(offers, settings, false);
  return found.candidates.length > 0 || isFamily(model, catalog)
    ? found
    : withSameModel(found, model, settings, catalog);
}

/** The one that the name names, if it can be used; those besides that call a model by this name if it cannot. */
function routeToNamed(named: Offer, offers: readonly Offer[], settings: Settings): Route {
  const others = offers.filter(([backend]) => backend !== named[0]);
  if (others.length === 0) return candidatesAmong([named], settings, true);
  // One key is for one provider, and here two could be meant.
  if (isKeyList(settings.apiKey)) return candidatesAmong([named, ...others], settings, false);
  const alone = candidatesAmong([named], settings, false);
  return alone.candidates.length > 0 ? alone : candidatesAmong([named, ...others], settings, false);
}

/** The provider whose name stands before a slash, where it offers what stands after it. */
function namedBefore(model: string, catalog: ProviderCatalog): Offer | undefined {
  const [prefix, rest] = splitAtSlash(model);
  const backend = prefix === undefined ? undefined : inCatalog(catalog, prefix);
  const own = backend === undefined ? undefined : offered(backend, rest);
  return backend === undefined || own === undefined ? undefined : [backend, own];
}

const isFamily = (model: string, catalog: ProviderCatalog): boolean =>
  Object.values(catalog).some((backend) => familyOf(backend, model) !== undefined);

/** An id of a service that has no key: the same model may be had elsewhere. */
async function withSameModel(
  found: Route,
  model: string,
  settings: Settings,
  catalog: ProviderCatalog,
): Promise<Route> {
  const more = await sameModelElsewhere(model, catalog);
  const others = more.filter(([{ id }]) => found.unusable.every((one) => one.id !== id));
  const { candidates, unusable } = candidatesAmong(others, settings, false);
  return { candidates, unusable: [...found.unusable, ...unusable] };
}

function routeByChoice(asked: Asked, settings: Settings): Route | Promise<Route> {
  const { choices, loadCatalog } = settings;
  const [only] = choices;
  if (choices.some((choice) => modelIn(choice) !== undefined))
    return import('./targets.ts').then(({ routeToTargets }) => routeToTargets(asked, settings));
  if (only === undefined || choices.length > 1) return routeBySeveral(asked, settings);
  const found = findProvider(only, loadCatalog);
  return isPromise(found)
    ? found.then((backend) => routeToAble([backend], asked, settings))
    : routeToAble([found], asked, settings);
}

const routeBySeveral = async (asked: Asked, settings: Settings): Promise<Route> => {
  const { choices, loadCatalog } = settings;
  const backends = await Promise.all(choices.map(async (choice) => findProvider(choice, loadCatalog)));
  return routeToAble(backends, asked, settings);
};

/** Of those that were chosen, the ones that can do it; where there are several, the others are only told of. */
function routeToAble(
  backends: readonly ProviderEntry[],
  { model, operation }: Asked,
  settings: Settings,
): Route | Promise<Route> {
  if (operation === undefined) return routeToAll(backends, model, settings);
  const able = backends.flatMap((backend) => entryFor(backend, operation) ?? []);
  const [first] = backends;
  if (able.length === 0 && first !== undefined) return refuse(first, operation, settings);
  const route = routeToAll(able, model, settings);
  if (able.length === backends.length) return route;
  const unable = backends.filter((backend) => entryFor(backend, operation) === undefined);
  const unusable = unable.map(({ id }) => ({ id, missing: `it cannot ${VERBS[operation]}` }));
  return { ...route, unusable: [...route.unusable, ...unusable] };
}

async function refuse(backend: ProviderEntry, operation: Operation, settings: Settings): Promise<never> {
  throw cannotServe(backend, operation, await settings.loadCatalog());
}

const routeToAll = (backends: readonly ProviderEntry[], model: string, settings: Settings): Route =>
  candidatesAmong(
    agreedProviders(backends, model, settings).map((backend) => [backend, modelIdAt(backend, model)]),
    settings,
    true,
  );

const routeByAnotherName = async (
  { model, operation }: Asked,
  settings: Settings,
  catalog: ProviderCatalog,
  all: ProviderCatalog,
): Promise<Route> => {
  const { offers, named } = await offersOfAnotherName(model, catalog, operation, all);
  const prefix = splitAtSlash(model)[0]?.toLowerCase();
  const home = named ? undefined : offers.find(([{ id }]) => id === prefix);
  return home === undefined ? candidatesAmong(offers, settings, named) : routeToNamed(home, offers, settings);
};

const customs = new BoundedMap<ProviderEntry>();

/** The provider at an address of the caller's: one for each address, so that the list of its models can be kept. */
function customAt(baseURL: string): ProviderEntry {
  const known = customs.get(baseURL);
  if (known !== undefined) return known;
  const custom = openaiCompatible({ ...serverOperations, baseURL });
  const backend = fromProvider(custom);
  customs.set(baseURL, backend);
  return backend;
}

/** Every provider that has its key, for a question that needs no model. */
export const candidatesOf = (settings: Settings, catalog: ProviderCatalog): readonly Candidate[] =>
  candidatesAmong(
    Object.values(catalog).map((backend) => [backend, ''] as const),
    forSeveral(settings),
    false,
  ).candidates;

/**
 * The fallback that the caller named: `id`, which answers with the first family it offers, or `id:model`.
 * A single key or address is not for it: that was given for whom it stands in for.
 *
 * @throws G4FError `no-provider` for an unknown provider.
 */
export const routeToFallback = async (
  fallback: string,
  { model: insteadOf, operation }: Asked,
  settings: Settings,
): Promise<Route> => {
  const [prefix, rest] = splitAtColon(fallback);
  const found = await findProvider(prefix ?? rest, settings.loadCatalog);
  const backend = entryFor(found, operation ?? 'chat');
  if (backend === undefined) {
    const missing = `it cannot ${VERBS[operation ?? 'chat']}`;
    return { candidates: [], unusable: [{ id: found.id, missing }] };
  }
  const model = prefix === undefined ? Object.values(backend.models)[0] : modelIdAt(backend, rest);
  if (model === undefined) {
    const missing = `name its model too, as in "${backend.id}:model"`;
    return { candidates: [], unusable: [{ id: backend.id, missing }] };
  }
  const route = candidatesAmong([[backend, model]], { ...forSeveral(settings), baseURL: undefined }, true);
  const candidates = route.candidates.map((one): Candidate => {
    const standIn = { ...one, insteadOf };
    return settings.extraBody === undefined
      ? standIn
      : withoutExtra(standIn, 'extraBody is for the provider that was asked first');
  });
  return { ...route, candidates };
};
