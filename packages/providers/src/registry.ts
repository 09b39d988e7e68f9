// What is known of a backend before it is loaded. The list itself, registry.gen.ts, is generated from the backend files.
import type { Provider } from '@g4f/core';

/** A backend's facts and the import that loads it. */
export type RegistryEntry = Pick<
  Provider,
  'id' | 'name' | 'website' | 'key' | 'env' | 'baseURL' | 'models'
> & {
  readonly load: () => Promise<Provider>;
};

/** Every backend of this package by its id. Loaded when it is asked for: who names one backend needs no list of all. */
export const loadRegistry = async (): Promise<Readonly<Record<string, RegistryEntry>>> => {
  const { registry } = await import('./registry.gen.ts');
  return registry;
};
