// The part of a catalog that can serve an operation.
import type { Operation } from '@g4f/core';
import type { ProviderCatalog } from './provider-catalog.ts';
import type { ProviderEntry } from './provider-entry.ts';

/**
 * The providers that can do it, each with its models for it: routing looks at no others. For chat that is the catalog as it
 * is, in which those that cannot chat have no models.
 */
export const catalogFor = (catalog: ProviderCatalog, operation: Operation): ProviderCatalog =>
  operation === 'chat'
    ? catalog
    : Object.fromEntries(
        Object.entries(catalog).flatMap(([id, entry]) => {
          const able = entryFor(entry, operation);
          return able === undefined ? [] : [[id, able]];
        }),
      );

/** The entry with the models of the operation in the place of those it chats with; undefined if it cannot do it. */
export const entryFor = (entry: ProviderEntry, operation: Operation): ProviderEntry | undefined => {
  if (isByChat(operation) && entry.operations.includes('chat')) return entry;
  if (!entry.operations.includes(operation)) return undefined;
  return operation === 'chat' ? entry : withModelsFor(entry, operation);
};

/** Whether it is done with the models that chat, where there are none for it alone: whoever chats can respond. */
export const isByChat = (operation: Operation): boolean => operation === 'chat' || operation === 'respond';

const known = new WeakMap<ProviderEntry, Partial<Record<Operation, ProviderEntry>>>();

/** One for each entry and operation, because what is learnt of an entry is kept by its identity. */
function withModelsFor(entry: ProviderEntry, operation: Exclude<Operation, 'chat'>): ProviderEntry {
  const made = known.get(entry)?.[operation];
  if (made !== undefined) return made;
  const { features: _, ends: endsOfAll = {}, ...others } = entry;
  const models = entry.modelsFor?.[operation] ?? {};
  const names = new Set(Object.entries(models).flat());
  // Whatever follows a model answers otherwise: vectors of two models cannot be compared.
  const ends = Object.fromEntries(
    Object.entries(endsOfAll)
      .filter(([name]) => names.has(name))
      .map(([name, { successor: _successor, ...end }]) => [name, end]),
  );
  const own = { ...others, ends, models, servesFor: operation };
  known.set(entry, { ...known.get(entry), [operation]: own });
  return own;
}

/** All models of a provider, whatever for. */
export const allModels = ({
  models,
  modelsFor = {},
}: Pick<ProviderEntry, 'models' | 'modelsFor'>): ProviderEntry['models'] =>
  Object.assign({}, models, ...Object.values(modelsFor));
