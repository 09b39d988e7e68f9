// Reads foreign JSON by hand: each function gives the value if it has the right form, and undefined if not.

/** A JSON object whose fields nobody has checked. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object, if it is one. */
export const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** The value as a list; anything else is an empty one. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The items of a list; anything else but nothing is the only item of one. */
export const itemsOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value == null ? [] : [value];

/** The objects in a list; what else is in it, or is no list, is none. */
export const objectsIn = (value: unknown): readonly Json[] =>
  asList(value)
    .map(asObject)
    .filter((one) => one !== undefined);

/** The value as text, if it is a string with something in it. */
export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The value as a finite number. */
export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** The value as a place in a list: a whole number from 0, which some services write as text (`"1"`). */
export const asIndex = (value: unknown): number | undefined => {
  const index = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined;
};

/** The fields that are not in `known` and say something: not null, not an empty object. Undefined if there are none. */
export const otherFields = (object: Json, known: ReadonlySet<string>): Json | undefined => {
  let others: Record<string, unknown> | undefined;
  for (const name in object) {
    if (known.has(name) || name === '__proto__') continue;
    const value = object[name];
    if (value === null || value === undefined || isEmptyObject(value)) continue;
    others ??= {};
    others[name] = value;
  }
  return others;
};

const isEmptyObject = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  for (const _ in value) return false;
  return true;
};
