// A shelf of made-up backends for tests that mock the registry: `vi.mock('@g4f/providers/registry', shelfInsteadOfRegistry)`.
import type { Provider } from '@g4f/core';
import type { RegistryEntry } from '@g4f/providers/registry';

/** What the registry holds in the test. */
export const shelf: Record<string, RegistryEntry> = {};

/** Puts these backends, and no others, on the shelf. */
export const stock = (...providers: readonly Provider[]): void => {
  for (const id of Object.keys(shelf)) delete shelf[id];
  for (const provider of providers) shelf[provider.id] = { ...provider, load: async () => provider };
};

/** The module with our shelf in place of the real one. */
export const shelfInsteadOfRegistry = async (original: () => Promise<object>): Promise<object> => ({
  ...(await original()),
  loadRegistry: async () => shelf,
});
