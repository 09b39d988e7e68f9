// Finds a provider by what the caller chose: its id, the URL of a module that exports it, or the object itself. A text is an id.
import { G4FError, type Operation } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { nearNames } from '@g4f/providers/options';
import { quote } from '../errors/quote.ts';
import { VERBS } from '../errors/verbs.ts';
import type { ProviderChoice } from '../surface/options.ts';
import { catalogFor, isByChat } from './operation-catalog.ts';
import type { LoadCatalog, ProviderCatalog } from './provider-catalog.ts';
import { fromProvider, type ProviderEntry } from './provider-entry.ts';

/** The model that a choice names besides its provider, as `groq:llama-3.3-70b` does. */
export const modelIn = (choice: ProviderChoice): string | undefined =>
  typeof choice === 'string' ? /^[^:]+:(.+)$/s.exec(choice)?.[1] : undefined;

/**
 * The provider that was chosen, whatever model is named with it.
 * @throws G4FError `no-provider` for an unknown id (with near ones), `invalid-request` for a module without a
 *   provider, and for a provider whose facts are wrong.
 */
export const findProvider = (
  choice: ProviderChoice,
  loadCatalog: LoadCatalog,
): ProviderEntry | Promise<ProviderEntry> => {
  if (choice instanceof URL)
    return import('./provider-module.ts').then(({ fromModule }) => fromModule(choice.href));
  if (typeof choice !== 'string') return fromProvider(choice);
  const id = modelIn(choice) === undefined ? choice : choice.slice(0, choice.indexOf(':'));
  const catalog = loadCatalog();
  return isPromise(catalog) ? catalog.then((opened) => inCatalog(id, opened)) : inCatalog(id, catalog);
};

function inCatalog(id: string, catalog: ProviderCatalog): ProviderEntry {
  const known = Object.hasOwn(catalog, id) ? catalog[id] : undefined;
  if (known !== undefined) return known;
  throw unknownBackend(id, Object.keys(catalog));
}

function unknownBackend(id: string, ids: readonly string[]): G4FError {
  const near = nearNames(id, ids);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : '';
  return new G4FError(
    `no provider is called ${quote(id)}. ${hint}Known: ${ids.join(', ')}; or the URL of a module that exports a provider.`,
    { code: 'no-provider' },
  );
}

/** The error for a provider that was named and cannot do it; it names those that can. */
export const cannotServe = (
  entry: ProviderEntry,
  operation: Operation,
  catalog: ProviderCatalog,
): G4FError => {
  // Nearly all can chat.
  const advice = isByChat(operation)
    ? 'Choose another provider.'
    : `Those that can: ${Object.keys(catalogFor(catalog, operation)).join(', ')}.`;
  return new G4FError(`${entry.id}: this provider cannot ${VERBS[operation]}. ${advice}`, {
    code: 'invalid-request',
    scope: 'provider',
    provider: entry.id,
  });
};
