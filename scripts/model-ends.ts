// Which models their maker has ended, or has announced to, as the registry and the page of providers tell it.
import { FACTS_READ, type Family, families } from '../packages/providers/src/models/index.ts';
import type { ModelEnd } from '../packages/providers/src/registry/registry.ts';
import type { BackendFacts } from './backend-facts.ts';

/** A family that ends, and when. */
export interface EndedFamily extends Family {
  readonly name: string;
  readonly ended: string;
}

/** The families that end, the last one first. */
export const endedFamilies = (): readonly EndedFamily[] =>
  [...families]
    .flatMap(([name, family]) =>
      family.ended === undefined ? [] : [{ ...family, name, ended: family.ended }],
    )
    .sort((a, b) => b.ended.localeCompare(a.ended) || a.name.localeCompare(b.name));

/**
 * The field `ends` of a provider, by every name that a model has there. One that is no maker's own service, under whatever
 * id (`openai`, `openai-responses`), has none.
 */
export const endsAt = (
  { id, baseURL, models }: Pick<BackendFacts, 'id' | 'baseURL' | 'models'>,
  backends: readonly BackendFacts[],
): { readonly ends?: Readonly<Record<string, ModelEnd>> } => {
  const homes = backends.filter(
    (other) => other.id === id || (baseURL !== undefined && other.baseURL === baseURL),
  );
  const ends = endedFamilies()
    .filter(({ home, output = ['text'] }) => output.includes('text') && homes.some((one) => one.id === home))
    .flatMap((family) => namesOf(family, models).map((name) => [name, endOf(family)] as const));
  return ends.length === 0 ? {} : { ends: Object.fromEntries(ends) };
};

const namesOf = ({ name, aliases = [] }: EndedFamily, models: BackendFacts['models']): readonly string[] => [
  ...new Set([name, ...aliases, ...(models[name] === undefined ? [] : [models[name]])]),
];

const endOf = ({ ended, successor }: EndedFamily): ModelEnd => ({
  ended,
  ...(ended > FACTS_READ && { announced: true }),
  ...(successor !== undefined && { successor }),
});
