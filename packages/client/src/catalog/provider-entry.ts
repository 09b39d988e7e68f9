// A provider as a client holds it: its facts, and itself or the way to load it.
import { defineProvider, OPERATIONS, type Operation, type Provider } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import type { RegistryEntry } from '@g4f/providers/registry';
import type { WrapProvider } from '../surface/middleware.ts';

/** A provider's facts, and the way to load it. */
export interface ProviderEntry extends RegistryEntry {
  /** The operation that `models` are for, where it is not chat. */
  readonly servesFor?: Operation;
  /** The provider itself, where it is at hand. */
  readonly provider?: Provider;
  /** Gives what its client asks in its place. */
  readonly wrap?: WrapProvider;
}

const loaded = new WeakMap<ProviderEntry, Provider>();

/** The provider itself, which is loaded once, or what its client has made of it. */
export const providerOf = (backend: ProviderEntry): Provider | Promise<Provider> => {
  const provider = loadedOf(backend);
  const wrap = Object.hasOwn(backend, 'wrap') ? backend.wrap : undefined;
  if (wrap === undefined) return provider;
  return isPromise(provider) ? provider.then(wrap) : wrap(provider);
};

const loadedOf = (backend: ProviderEntry): Provider | Promise<Provider> => {
  const own = Object.hasOwn(backend, 'provider') ? backend.provider : undefined;
  const known = own ?? loaded.get(backend);
  if (known !== undefined) return known;
  return backend.load().then((provider) => {
    loaded.set(backend, provider);
    return provider;
  });
};

const checked = new WeakSet<Provider>();

/** Its facts are checked once, and read with every call: they may change. @throws G4FError `invalid-request` naming the fact that is wrong. */
export function fromProvider(provider: Provider): ProviderEntry {
  if (!checked.has(provider)) defineProvider(provider);
  checked.add(provider);
  // Named one by one, because an instance of a class may hold them on its prototype.
  const {
    id,
    name,
    website,
    key,
    bringsKey,
    env,
    baseURLEnv,
    baseURL,
    wire,
    models,
    modelsFor,
    costField,
    features,
  } = provider;
  return {
    id,
    name,
    website,
    key,
    models,
    operations: OPERATIONS.filter((operation) => provider[operation] !== undefined),
    ...(modelsFor !== undefined && { modelsFor }),
    ...(env !== undefined && { env }),
    ...(bringsKey && { bringsKey }),
    ...(baseURLEnv !== undefined && { baseURLEnv }),
    ...(baseURL !== undefined && { baseURL }),
    ...(wire !== undefined && { wire }),
    ...(costField !== undefined && { costField }),
    ...(features !== undefined && { features }),
    provider,
    load: async () => provider,
  };
}

/** Whether it is what `defineProvider` takes, by its shape. */
export const isProvider = (value: unknown): value is Provider =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'models' in value &&
  METHODS.some((method) => method in value);

/** Whether a provider holds a function, which no end user's data can. */
export const isCode = (provider: Provider): boolean =>
  METHODS.some((method) => typeof provider[method] === 'function');

const METHODS = [...OPERATIONS, 'listModels'] as const;
