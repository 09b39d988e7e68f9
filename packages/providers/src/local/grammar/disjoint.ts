// Whether no value can fit two schemas: then "exactly one of them" is the same as "one of them", which a grammar can say.
import { isKeywords, type Keywords, KINDS, type Kind } from './schema.ts';

/** Finds what a `$ref` points at. */
export type Resolve = (schema: unknown) => unknown;

/** True only if it is certain. */
export const areDisjoint = (one: unknown, other: unknown, resolve: Resolve): boolean => {
  const [a, b] = [resolve(one), resolve(other)];
  if (!isKeywords(a) || !isKeywords(b)) return false;
  const [values, others] = [valuesOf(a), valuesOf(b)];
  if (values !== undefined && others !== undefined) return values.every((value) => !others.includes(value));
  const kinds = kindsOf(a, values);
  const same = kindsOf(b, others).filter((kind) => kinds.includes(kind));
  return same.length === 0 || (same.every((kind) => kind === 'object') && areToldApart(a, b, resolve));
};

/** The only values it allows, as JSON. */
const valuesOf = (schema: Keywords): readonly string[] | undefined => {
  if ('const' in schema) return [JSON.stringify(schema.const)];
  return Array.isArray(schema.enum) ? schema.enum.map((value) => JSON.stringify(value)) : undefined;
};

/** The kinds of its values, whole numbers being numbers; every kind where it does not say. */
function kindsOf({ type }: Keywords, values: readonly string[] | undefined): readonly Kind[] {
  if (values !== undefined) return values.map((json) => kindOf(JSON.parse(json)));
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const named = KINDS.filter((kind) => types.includes(kind));
  return (named.length > 0 ? named : KINDS).map((kind) => (kind === 'integer' ? 'number' : kind));
}

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return KINDS.find((kind) => kind === typeof value) ?? 'object';
}

/** Whether both demand a property that has other values in each. */
function areToldApart(a: Keywords, b: Keywords, resolve: Resolve): boolean {
  const { required, properties } = a;
  const { required: othersRequired, properties: others } = b;
  if (!Array.isArray(required) || !Array.isArray(othersRequired)) return false;
  if (!isKeywords(properties) || !isKeywords(others)) return false;
  return required.some(
    (name) => othersRequired.includes(name) && areDisjoint(properties[name], others[name], resolve),
  );
}
