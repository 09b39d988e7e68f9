// From what people call a model to the family that it is: only what says nothing of the model itself may be left out.
import { families } from './families.ts';

/** The family a name stands for, and what was found out on the way. */
export interface NamedModel {
  readonly family: string;
  /** Set if the name is a dated snapshot: only its maker has it, under this very id. */
  readonly snapshot?: string;
}

/** A date, or the month and day or year, at the end of an id. */
const DATE = /-(?:\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{4})$/;

/** Says how or for how much a model is served, not which it is. */
const TAG = /:(?:free|latest|beta|nitro|floor)$/;

/** Folders in which services keep models of all makers. */
const COLLECTIONS: ReadonlySet<string> = new Set([
  'models',
  'publishers',
  'accounts',
  'fireworks',
  '@cf',
  '@hf',
]);

let names: ReadonlyMap<string, string> | undefined;

/** The family of this name, be it the family's own or an alias. */
const known = (name: string): string | undefined => {
  names ??= new Map(
    [...families].flatMap(([family, { aliases = [] }]) =>
      [family, ...aliases].map((name) => [name, family] as const),
    ),
  );
  return names.get(name);
};

/**
 * The name of a model without what services put around it, and who is said to have made it: `@cf/meta/llama-3.1-8b`
 * is `llama-3.1-8b` of `meta`. Numbers, sizes and variants always stay.
 */
function takeApart(name: string): { readonly bare: string; readonly owners: readonly string[] } {
  const path = name.trim().toLowerCase().replace(TAG, '').split('/');
  return { bare: path.at(-1) ?? '', owners: path.slice(0, -1).filter((part) => !COLLECTIONS.has(part)) };
}

/**
 * The family that a name stands for; undefined if it is none that we know. An alias leads only to the same model:
 * `someone/gpt-oss-120b` is someone's own version, and none of ours.
 */
export const findFamily = (name: string): NamedModel | undefined => {
  const { bare, owners } = takeApart(name);
  const family = known(bare) ?? known(bare.replace(DATE, ''));
  const { prefixes = [] } = families.get(family ?? '') ?? {};
  if (family === undefined || !owners.every((owner) => prefixes.includes(owner))) return undefined;
  return known(bare) === undefined ? { family, snapshot: bare } : { family };
};

/** Every name that {@link findFamily} knows: for those that were misspelt. */
export const knownNames = (): readonly string[] =>
  [...families].flatMap(([family, { aliases = [] }]) => [family, ...aliases]);
