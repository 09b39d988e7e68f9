// A catalog of made-up providers for tests that mock the registry: `vi.mock('@g4f/providers/registry', catalogInsteadOfRegistry)`.
import { OPERATIONS, type Provider } from '@g4f/core';
import type { RegistryEntry } from '@g4f/providers/registry';

/** What the registry holds in the test. */
export const catalog: Record<string, RegistryEntry> = {};

/** Puts these providers, and no others, on the catalog. */
export const stock = (...providers: readonly Provider[]): void => {
  for (const id of Object.keys(catalog)) delete catalog[id];
  for (const provider of providers)
    catalog[provider.id] = {
      ...provider,
      operations: OPERATIONS.filter((operation) => provider[operation] !== undefined),
      load: async () => provider,
    };
};

/** The module with our catalog in place of the real one. */
export const catalogInsteadOfRegistry = async (original: () => Promise<object>): Promise<object> => ({
  ...(await original()),
  loadRegistry: async () => catalog,
});
