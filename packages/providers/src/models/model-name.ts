// From what people call a model to the family that it is: only what says nothing of the model itself may be left out.
import { families } from './families.ts';

/** The family a name stands for, and what was found out on the way. */
export interface NamedModel {
  readonly family: string;
  /** Set if the name is a dated snapshot: only its maker has it, under this very id. */
  readonly snapshot?: string;
}

/** A date, or the month and day, at the end of an id. */
const DATE = /-(?:\d{8}|\d{4}-\d{2}-\d{2}|\d{4})$/;

let aliases: ReadonlyMap<string, string> | undefined;

const aliasOf = (name: string): string | undefined => {
  aliases ??= new Map(
    [...families].flatMap(([family, facts]) =>
      (facts.aliases ?? []).map((alias) => [alias, family] as const),
    ),
  );
  return aliases.get(name);
};

/** A family or an alias of one, as it is written in the data. */
const known = (name: string): string | undefined => (families.has(name) ? name : aliasOf(name));

/**
 * The model's name without what services put around it: a maker's or a collection's prefix (`openai/`, `models/`,
 * `accounts/fireworks/models/`, `@cf/meta/`), a price tag (`:free`), case. Numbers, sizes and variants always stay.
 */
export const bareModelName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/:(free|latest|beta|nitro|floor)$/, '');

/** The family that a name stands for; undefined if it is none that we know. An alias leads only to the same model. */
export const findFamily = (name: string): NamedModel | undefined => {
  const bare = bareModelName(name);
  const family = known(name) ?? known(bare);
  if (family !== undefined) return { family };
  const undated = known(bare.replace(DATE, ''));
  return undated === undefined || undated === bare ? undefined : { family: undated, snapshot: bare };
};

/** Every name that {@link findFamily} knows: for those that were misspelt. */
export const knownNames = (): readonly string[] =>
  [...families].flatMap(([family, facts]) => [family, ...(facts.aliases ?? [])]);
