// The option `wrap`: what a client asks in the place of each provider that is loaded.
import { G4FError, isG4FError, type Provider, toG4FError } from '@g4f/core';
import { quote } from '../errors/quote.ts';
import type { WrapProvider } from '../surface/middleware.ts';
import { isProvider, type ProviderEntry } from './provider-entry.ts';

/** What a client wraps with. */
export interface Wrapping {
  readonly wrap: WrapProvider | readonly WrapProvider[];
}

type WrapEntry = (entry: ProviderEntry) => ProviderEntry;

const known = new WeakMap<Wrapping, WrapEntry>();

/** The entry whose provider is wrapped, which happens once for each client. @param client its own options */
export const wrapEntry = (entry: ProviderEntry, client: Wrapping): ProviderEntry => {
  const made = known.get(client) ?? createWrapEntry(client.wrap);
  known.set(client, made);
  return made(entry);
};

function createWrapEntry(wrap: Wrapping['wrap']): WrapEntry {
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
    // One that is remembered is wrapped already.
    entries.set(wrapped, wrapped);
    return wrapped;
  };
}

/** @throws G4FError `invalid-request` for what is no provider of that id; `internal` for what `wrap` throws. */
function wrapChecked(provider: Provider, wrap: Wrapping['wrap']): Provider {
  const { id } = provider;
  const wrapped = called(provider, wrap);
  if (isProvider(wrapped) && wrapped.id === id) return wrapped;
  const got = isProvider(wrapped) ? `one with the id ${quote(wrapped.id)}` : quote(wrapped);
  throw new G4FError(
    `wrap must give a provider with the id ${quote(id)}, which it was given; it gave ${got}. Return { ...provider, … }.`,
    { code: 'invalid-request', provider: id },
  );
}

function called(provider: Provider, wrap: Wrapping['wrap']): unknown {
  try {
    return [wrap].flat().reduceRight((inner, one) => one(inner), provider);
  } catch (thrown) {
    if (isG4FError(thrown)) throw thrown;
    const { id } = provider;
    const { code, message } = toG4FError(thrown, { code: 'internal' });
    throw new G4FError(`${id}: wrap failed: ${message}`, { code, provider: id, cause: thrown });
  }
}
