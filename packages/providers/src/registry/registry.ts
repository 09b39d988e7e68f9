// What is known of a provider before it is loaded. The list itself, registry.gen.ts, is generated from the provider files.
import type { Operation, Provider } from '@g4f/core';

/** The end of a model at its maker's own service. */
export interface ModelEnd {
  /** The day on which the maker ended it, or has announced to (ISO 8601). */
  readonly ended: string;
  /** Whether that day lay ahead when the facts were read: makers have moved such days. */
  readonly announced?: true;
  /** The family that its maker names as the one to move to. */
  readonly successor?: string;
}

/** The prices at a maker's own service, for short prompts where the length counts. */
export interface MakerPrices {
  /** The day on which they were read (ISO 8601). */
  readonly read: string;
  /** By the service's own id of a model: US dollars per million tokens in and out. */
  readonly perMillion: Readonly<Record<string, readonly [input: number, output: number]>>;
}

/** A provider's facts and the import that loads it. */
export type RegistryEntry = Pick<
  Provider,
  | 'id'
  | 'name'
  | 'website'
  | 'key'
  | 'bringsKey'
  | 'env'
  | 'baseURLEnv'
  | 'baseURL'
  | 'wire'
  | 'models'
  | 'modelsFor'
  | 'costField'
  | 'features'
> & {
  /** What it can be asked: the methods that its provider has. */
  readonly operations: readonly Operation[];
  /** The ends of its maker's models, by every name that a model has there. Other services end them on days of their own. */
  readonly ends?: Readonly<Record<string, ModelEnd>>;
  /** What its maker asks for its models; other services have prices of their own. */
  readonly prices?: MakerPrices;
  readonly load: () => Promise<Provider>;
};

/** Every provider of this package by its id. Loaded when it is asked for: who names one provider needs no list of all. */
export const loadRegistry = async (): Promise<Readonly<Record<string, RegistryEntry>>> => {
  const { registry } = await import('./registry.gen.ts');
  return registry;
};
