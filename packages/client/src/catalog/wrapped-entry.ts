// The option `wrap`: what a client asks in the place of each provider that is loaded.
import { G4FError, isG4FError, type Provider, toG4FError } from '@g4f/core';
import { quote } from '../errors/quote.ts';
import type { WrapProvider } from '../surface/middleware.ts';
import type { ClientOptions } from '../surface/options.ts';
import { isProvider, type ProviderEntry } from './provider-entry.ts';

/** Gives an entry whose provider is wrapped. */
export type WrapEntry = (entry: ProviderEntry) => ProviderEntry;

const known = new WeakMap<object, WrapEntry>();

/** How a client wraps, if it does; the same for all its calls, so that a provider is wrapped once. @param client its own options */
export const wrapOf = (client: Pick<ClientOptions, 'wrap'>): WrapEntry | undefined => {
  const wrap = Object.hasOwn(client, 'wrap') ? client.wrap : undefined;
  if (wrap == null) return undefined;
  const made = known.get(client) ?? createWrapEntry(wrap);
  known.set(client, made);
  return made;
};

function createWrapEntry(wrap: WrapProvider): WrapEntry {
  const providers = new WeakMap<Provider, Provider>();
  const entries = new WeakMap<ProviderEntry, ProviderEntry>();
  const once: WrapProvider = (provider) => {
    const wrapped = providers.get(provider) ?? wrapChecked(provider, wrap);
    providers.set(provider, wrapped);
    return wrapped;
  };
  return (entry) => {
    const wrapped = entries.get(entry) ?? { ...entry, wrap: once };
    entries.set(entry, wrapped);
    return wrapped;
  };
}

/** @throws G4FError `invalid-request` for what is no provider of that id; `internal` for what `wrap` throws. */
function wrapChecked(provider: Provider, wrap: WrapProvider): Provider {
  const { id } = provider;
  const wrapped = called(provider, wrap);
  if (isProvider(wrapped) && wrapped.id === id) return wrapped;
  const got = isProvider(wrapped) ? `one with the id ${quote(wrapped.id)}` : quote(wrapped);
  throw new G4FError(
    `wrap must give a provider with the id ${quote(id)}, which it was given; it gave ${got}. Return { ...provider, … }.`,
    { code: 'invalid-request', provider: id },
  );
}

function called(provider: Provider, wrap: WrapProvider): unknown {
  try {
    return wrap(provider);
  } catch (thrown) {
    if (isG4FError(thrown)) throw thrown;
    const { id } = provider;
    const { code, message } = toG4FError(thrown, { code: 'internal' });
    throw new G4FError(`${id}: wrap failed: ${message}`, { code, provider: id, cause: thrown });
  }
}
