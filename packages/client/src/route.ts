// Which backends may answer, in which order, and under which name each knows the model.
import { G4FError, isPromise } from '@g4f/core';
import { baseURLVariable, credentialOf, missingKey, nearNames, openaiCompatible } from '@g4f/providers/parts';
import type { Backend } from './backend.ts';
import { findBackend } from './find-backend.ts';
import { familyOf, ownId, splitAtColon } from './own-id.ts';
import { quote } from './quote.ts';
import { isKeyList, type KeysById, type Settings } from './settings.ts';
import type { Shelf } from './shelf.ts';

/** A backend that may answer, and with what it is asked. */
export interface Candidate {
  readonly backend: Backend;
  /** The backend's own id of the model. */
  readonly model: string;
  /** The key to ask with, where the caller gave one; the backend looks into the environment itself. */
  readonly apiKey: string | undefined;
  /** All keys it may be asked with, the environment's included. */
  readonly keys: readonly (string | undefined)[];
  readonly baseURL: string | undefined;
  /** Whether the caller named this backend; one that only offers the model is asked first whether it is there. */
  readonly named: boolean;
}

/** A backend that cannot be asked yet, and what is missing: `set OPENAI_API_KEY`. */
export interface Unusable {
  readonly id: string;
  readonly missing: string;
}

/** Who may answer a call, and who could if something were done about it. */
export interface Route {
  readonly candidates: readonly Candidate[];
  readonly unusable: readonly Unusable[];
}

/**
 * The route of a call.
 * @throws G4FError `model-not-found` with near names, `no-provider` for an unknown backend, `invalid-request`
 *   when a key or an address is given and it is not clear for which backend.
 */
export const findRoute = (model: string, settings: Settings): Route | Promise<Route> => {
  const { choices, baseURL, openShelf } = settings;
  if (choices.length > 0) return routeByChoice(model, settings);
  // Who knows the address and names nobody needs no list of backends.
  if (baseURL !== undefined && !model.includes(':')) return routeTo(baseURL, model, settings);
  const shelf = openShelf();
  return isPromise(shelf)
    ? shelf.then((opened) => routeByShelf(model, settings, opened))
    : routeByShelf(model, settings, shelf);
};

const routeTo = (baseURL: string, model: string, settings: Settings): Route =>
  route([[customAt(baseURL), model]], settings, true);

function routeByShelf(model: string, settings: Settings, shelf: Shelf): Route | Promise<Route> {
  const { baseURL } = settings;
  const [prefix, rest] = splitAtColon(model);
  const prefixed = prefix !== undefined && Object.hasOwn(shelf, prefix) ? shelf[prefix] : undefined;
  if (prefixed !== undefined && rest !== '')
    return route([[prefixed, ownId(prefixed, rest)]], settings, true);
  if (baseURL !== undefined) return routeTo(baseURL, model, settings);
  const offers = offersOf(model, shelf);
  return offers.length > 0 ? route(offers, settings, false) : routeByAnotherName(model, settings, shelf);
}

function routeByChoice(model: string, settings: Settings): Route | Promise<Route> {
  const { choices, openShelf } = settings;
  const [only] = choices;
  if (only === undefined || choices.length > 1) return routeBySeveral(model, settings);
  const found = findBackend(only, openShelf);
  return isPromise(found)
    ? found.then((backend) => routeToAll([backend], model, settings))
    : routeToAll([found], model, settings);
}

const routeBySeveral = async (model: string, settings: Settings): Promise<Route> => {
  const { choices, openShelf } = settings;
  const backends = await Promise.all(choices.map(async (choice) => findBackend(choice, openShelf)));
  return routeToAll(backends, model, settings);
};

const routeToAll = (backends: readonly Backend[], model: string, settings: Settings): Route =>
  route(
    backends.map((backend) => [backend, ownId(backend, model)]),
    settings,
    true,
  );

const routeByAnotherName = async (model: string, settings: Settings, shelf: Shelf): Promise<Route> =>
  route(await offersOfAnotherName(model, shelf), settings, false);

const customs = new Map<string, Backend>();

/** The backend at an address of the caller's: one for each address, so that the list of its models can be kept. */
function customAt(baseURL: string): Backend {
  const known = customs.get(baseURL);
  if (known !== undefined) return known;
  const custom = openaiCompatible({ baseURL });
  const backend = { ...custom, provider: custom, load: async () => custom };
  customs.set(baseURL, backend);
  return backend;
}

/** Every backend that has its key, for a question that needs no model. */
export const candidatesOf = (settings: Settings, shelf: Shelf): readonly Candidate[] =>
  route(
    Object.values(shelf).map((backend) => [backend, ''] as const),
    { ...settings, apiKey: keysById(settings) },
    false,
  ).candidates;

/**
 * The stand-in that the caller named: `id`, which answers with the first family it offers, or `id:model`.
 * A single key or address is not for it: that was given for whom it stands in for.
 * @throws G4FError `no-provider` for an unknown backend.
 */
export const findStandIn = async (fallback: string, settings: Settings): Promise<Route> => {
  const [prefix, rest] = splitAtColon(fallback);
  const backend = await findBackend(prefix ?? rest, settings.openShelf);
  const model = prefix === undefined ? Object.values(backend.models)[0] : ownId(backend, rest);
  if (model === undefined) {
    const missing = `name its model too, as in "${backend.id}:model"`;
    return { candidates: [], unusable: [{ id: backend.id, missing }] };
  }
  return route([[backend, model]], { ...settings, apiKey: keysById(settings), baseURL: undefined }, true);
};

/** Keys that were given without saying for whom are for the backend that the caller named, and for no other. */
const keysById = ({ apiKey }: Settings): KeysById | undefined => (isKeyList(apiKey) ? undefined : apiKey);

/** A backend, and its own id of the model. */
type Offer = readonly [Backend, string];

/** The backends that offer the model, as a family or under an id of their own. */
function offersOf(model: string, shelf: Shelf): readonly Offer[] {
  const offers = Object.values(shelf).flatMap((backend): Offer[] => {
    const family = familyOf(backend, model);
    if (family !== undefined) return [[backend, family]];
    return Object.values(backend.models).includes(model) ? [[backend, model]] : [];
  });
  // Who calls the model by this very name is most likely its maker, and comes first; the rest keep their order.
  return offers.sort(([, a], [, b]) => Number(b === model) - Number(a === model));
}

function route(offers: readonly Offer[], settings: Settings, named: boolean): Route {
  checkAddressee(offers, settings, named);
  const candidates: Candidate[] = [];
  const unusable: Unusable[] = [];
  for (const [backend, model] of offers) {
    const { apiKey, keys } = keysFor(backend, settings);
    const address = settings.baseURL ?? baseURLFrom(settings, backend.id);
    const missing = missingKey(backend, { env: settings.env, apiKey }) ?? correction(address, named);
    if (missing !== undefined) unusable.push({ id: backend.id, missing });
    else candidates.push({ backend, model, apiKey, keys, baseURL: asURL(address), named });
  }
  return { candidates, unusable };
}

/** The keys the caller gave for this backend, or the one in its variable. */
function keysFor(backend: Backend, { apiKey: given, env }: Settings): Pick<Candidate, 'apiKey' | 'keys'> {
  const own = isKeyList(given) ? given : Object.hasOwn(given ?? {}, backend.id) ? given?.[backend.id] : [];
  const [apiKey] = own ?? [];
  return { apiKey, keys: apiKey === undefined ? [credentialOf(backend, { env })?.key] : (own ?? []) };
}

/** An address, or the name of the variable that holds something else. */
type Address = string | { readonly variable: string; readonly holds: string };

function baseURLFrom({ env }: Settings, id: string): Address | undefined {
  const variable = baseURLVariable(id);
  const holds = env[variable]?.trim();
  if (!holds) return undefined;
  const isURL = URL.canParse(holds) && /^https?:$/.test(new URL(holds).protocol);
  return isURL ? holds.replace(/\/+$/, '') : { variable, holds };
}

const asURL = (address: Address | undefined): string | undefined =>
  typeof address === 'string' ? address : undefined;

/** What is to be done about a variable that holds no address. @throws G4FError if the caller asked for this backend. */
function correction(address: Address | undefined, named: boolean): string | undefined {
  if (address === undefined || typeof address === 'string') return undefined;
  const wrong = `the variable ${address.variable} must be an http or https URL; it is ${quote(address.holds)}`;
  if (named) throw new G4FError(`${wrong}.`, { code: 'invalid-request' });
  return wrong;
}

/** One key, or one address, is for one backend: it is never sent to others that happen to offer the model. */
function checkAddressee(offers: readonly Offer[], settings: Settings, named: boolean): void {
  if ((named && offers.length === 1) || (!isKeyList(settings.apiKey) && settings.baseURL === undefined))
    return;
  const ids = offers.map(([backend]) => backend.id).join(', ');
  if (isKeyList(settings.apiKey)) {
    throw new G4FError(
      `apiKey is one key, and it is not clear whose: name one provider of ${ids}, or give one key for each id, such as { "${offers[0]?.[0].id}": … }.`,
      { code: 'invalid-request' },
    );
  }
  if (settings.baseURL !== undefined) {
    throw new G4FError(`baseURL is one address, but several providers are named (${ids}): name one.`, {
      code: 'invalid-request',
    });
  }
}

/**
 * A name that nobody knows as it stands may be an alias of a family, or a dated snapshot of one, which its maker alone has.
 * What is known of models is loaded only now.
 * @throws G4FError `model-not-found` with near names.
 */
async function offersOfAnotherName(model: string, shelf: Shelf): Promise<readonly Offer[]> {
  const { families, findFamily, knownNames } = await import('@g4f/providers/models');
  const found = findFamily(model);
  const home = families.get(found?.family ?? '')?.home ?? '';
  const maker = Object.hasOwn(shelf, home) ? shelf[home] : undefined;
  const offers =
    found?.snapshot === undefined
      ? offersOf(found?.family ?? '', shelf)
      : maker !== undefined && familyOf(maker, found.family) !== undefined
        ? [[maker, found.snapshot] as const]
        : [];
  if (offers.length > 0) return offers;
  const ids = Object.values(shelf).flatMap(({ models }) => Object.values(models));
  throw unknownModel(model, [...knownNames(), ...ids]);
}

function unknownModel(model: string, names: readonly string[]): G4FError {
  const near = nearNames(
    model,
    names.filter((name) => name !== model),
  );
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : '';
  return new G4FError(
    `no backend offers a model called ${quote(model)}. ${hint}models.list() names the families; a backend's own model is asked for as "backend:id" or with provider.`,
    { code: 'model-not-found', model },
  );
}
