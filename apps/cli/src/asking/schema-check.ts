// Checks an answer by a JSON Schema: the keywords that say what is in it. Others (`format`, `if`, `unevaluated…`) are for the model alone.
// Source: https://json-schema.org/draft/2020-12/json-schema-validation

/** What does not fit, and where. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Schema = Readonly<Record<string, unknown>>;
type Path = Issue['path'];

/** References may stand in circles, and values are no deeper. */
const DEEPEST = 100;

/** What does not fit; empty where all does. */
export const issuesOf = (schema: unknown, value: unknown): readonly Issue[] =>
  new Check(schema).at(schema, value, []);

class Check {
  readonly #root: unknown;
  #depth = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  at(schema: unknown, value: unknown, path: Path): readonly Issue[] {
    if (schema === false) return [{ path, message: 'nothing may stand here' }];
    if (!isObject(schema) || this.#depth > DEEPEST) return [];
    this.#depth++;
    try {
      return [
        ...wrongKind(schema, value).map((message) => ({ path, message })),
        ...wrongSize(schema, value).map((message) => ({ path, message })),
        ...this.#combined(schema, value, path),
        ...(isObject(value) ? this.#fields(schema, value, path) : []),
        ...(Array.isArray(value) ? this.#items(schema, value, path) : []),
      ];
    } finally {
      this.#depth--;
    }
  }

  #combined(schema: Schema, value: unknown, path: Path): readonly Issue[] {
    const { $ref, allOf, anyOf, oneOf, not } = schema;
    const fits = (one: unknown): boolean => this.at(one, value, path).length === 0;
    const issues = [
      ...(typeof $ref === 'string' ? this.at(this.#referred($ref), value, path) : []),
      ...listOf(allOf).flatMap((one) => this.at(one, value, path)),
    ];
    if (Array.isArray(anyOf) && !anyOf.some(fits))
      issues.push({ path, message: 'it fits none of the schemas of anyOf' });
    if (Array.isArray(oneOf) && oneOf.filter(fits).length !== 1)
      issues.push({ path, message: 'it must fit one of the schemas of oneOf, and one alone' });
    if (not !== undefined && fits(not)) issues.push({ path, message: 'it fits the schema of not' });
    return issues;
  }

  /** Only within the schema: nothing is fetched. */
  #referred(reference: string): unknown {
    if (!reference.startsWith('#')) return undefined;
    const names = decodeURIComponent(reference.slice(1)).split('/').slice(1);
    return names
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce((place: unknown, name) => own(place, name), this.#root);
  }

  #fields(schema: Schema, value: Schema, path: Path): readonly Issue[] {
    const { required, properties, patternProperties = {}, additionalProperties } = schema;
    const missing = listOf(required)
      .map(String)
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ path: [...path, name], message: 'it is missing' }));
    const patterns = Object.entries(Object(patternProperties));
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      const known = own(properties, name);
      const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name));
      const schemas = [...(known === undefined ? [] : [known]), ...matching.map(([, one]) => one)];
      const applied = schemas.length > 0 ? schemas : [additionalProperties];
      return applied.flatMap((one) => this.at(one, field, [...path, name]));
    });
    return [...missing, ...wrong];
  }

  #items({ prefixItems, items }: Schema, value: readonly unknown[], path: Path): readonly Issue[] {
    const first = listOf(prefixItems);
    return value.flatMap((item, at) => this.at(at < first.length ? first[at] : items, item, [...path, at]));
  }
}

function wrongKind(
  { type, enum: allowed, const: only, nullable }: Schema,
  value: unknown,
): readonly string[] {
  const types = [type].flat().filter((one) => typeof one === 'string');
  const isNull = nullable === true && value === null;
  if (types.length > 0 && !isNull && !types.some((one) => isOfType(one, value)))
    return [`it must be of the type ${types.join(' or ')}`];
  const text = canonical(value);
  if (Array.isArray(allowed) && !allowed.some((one) => canonical(one) === text))
    return ['it is none of the values of enum'];
  return only !== undefined && canonical(only) !== text ? ['it is not the value of const'] : [];
}

function wrongSize(schema: Schema, value: unknown): readonly string[] {
  const limit = (name: string): number => (typeof schema[name] === 'number' ? schema[name] : Number.NaN);
  const told = (name: string, isWrong: boolean): readonly string[] =>
    isWrong ? [`${name} is ${String(schema[name])}`] : [];
  if (typeof value === 'number') {
    const parts = value / limit('multipleOf');
    return [
      ...told('minimum', value < limit('minimum')),
      ...told('maximum', value > limit('maximum')),
      ...told('exclusiveMinimum', value <= limit('exclusiveMinimum')),
      ...told('exclusiveMaximum', value >= limit('exclusiveMaximum')),
      ...told('multipleOf', Math.abs(parts - Math.round(parts)) > 1e-9),
    ];
  }
  if (typeof value === 'string') {
    const length = [...value].length;
    const { pattern } = schema;
    return [
      ...told('minLength', length < limit('minLength')),
      ...told('maxLength', length > limit('maxLength')),
      ...told('pattern', typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)),
    ];
  }
  if (!Array.isArray(value)) return [];
  const isTwice = schema.uniqueItems === true && new Set(value.map(canonical)).size < value.length;
  return [
    ...told('minItems', value.length < limit('minItems')),
    ...told('maxItems', value.length > limit('maxItems')),
    ...told('uniqueItems', isTwice),
  ];
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const own = (place: unknown, name: string): unknown =>
  typeof place === 'object' && place !== null && Object.hasOwn(place, name)
    ? Reflect.get(place, name)
    : undefined;

/** The same text for the same value, in whatever order its fields stand. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
