// The provider that a module exports. Loaded with the first one that is named.
import { G4FError } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';
import { fromProvider, isProvider, type ProviderEntry } from './provider-entry.ts';

/** @throws G4FError `invalid-request` for a module that cannot be loaded, or exports no provider */
export const fromModule = async (url: string): Promise<ProviderEntry> => {
  const module = await importModule(url);
  const exported = [module.default, ...Object.values(module)].find(isProvider);
  if (exported !== undefined) return fromProvider(exported);
  throw new G4FError(
    `the module ${url} exports no provider. Export what defineProvider or openaiCompatible returns.`,
    { code: 'invalid-request' },
  );
};

async function importModule(url: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    // Loaded as it is when the program runs: a bundler can know nothing of it.
    return await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ url);
  } catch (cause) {
    const thrown = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    const why = notPermitted(cause) ?? `${thrown}. Check the URL and the module`;
    throw new G4FError(`the module ${url} could not be loaded: ${why}.`, { code: 'invalid-request', cause });
  }
}
