// Schemas of validation libraries (Zod, Valibot, ArkType, …) that stand where a JSON Schema belongs, as JSON Schema.
// Source: https://standardschema.dev/json-schema
import { G4FError } from '@g4f/core';
import { type Fields, isPlainObject } from '../options/plain-value.ts';

/** Where schemas may stand. */
const PLACES = ['response_format', 'tools', 'functions'] as const;
/** Deeper than any place of a schema. */
const DEEPEST = 6;
const NAME = 'response';

/**
 * The parameters with JSON Schema in the place of every schema of a library; the same object if there is none.
 * A schema that stands for the whole `response_format` gets the frame around it.
 *
 * @throws G4FError `invalid-request` for a schema that cannot say its JSON Schema, with its path.
 */
export const withJsonSchemas = <P extends Fields>(params: P): P => {
  let changed: Record<string, unknown> | undefined;
  for (const name of PLACES) {
    const value = params[name];
    const made = name === 'response_format' ? formatOf(value) : converted(value, name);
    if (made === value) continue;
    changed ??= {};
    changed[name] = made;
  }
  return changed === undefined ? params : Object.assign({}, params, changed);
};

function formatOf(format: unknown): unknown {
  if (isSchema(format)) return framed(toJsonSchema(format, 'response_format'));
  if (!isPlainObject(format)) return format;
  const { json_schema } = format;
  if (isSchema(json_schema)) return framed(toJsonSchema(json_schema, 'response_format.json_schema'));
  return converted(format, 'response_format');
}

const framed = (schema: unknown): Fields => ({ type: 'json_schema', json_schema: { name: NAME, schema } });

/** The value with every schema inside it converted; itself if there is none. */
function converted(value: unknown, path: string, depth = 0): unknown {
  if (isSchema(value)) return toJsonSchema(value, path);
  if (depth === DEEPEST) return value;
  if (Array.isArray(value) && !value.includes(undefined)) {
    const made = value.map((item: unknown, at) => converted(item, `${path}[${at}]`, depth + 1));
    return made.every((item, at) => item === value[at]) ? value : made;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, field]) => [name, converted(field, `${path}.${name}`, depth + 1)] as const,
  );
  return entries.every(([name, field]) => field === value[name]) ? value : Object.fromEntries(entries);
}

/** Whether it is a schema of a library. By their marks: the standard's, and those of Zod 4 and 3. JSON Schema itself has none of them. */
export const isSchema = (value: unknown): value is object =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  ('~standard' in value || '_zod' in value || ('_def' in value && 'safeParse' in value));

/** What the model is to write is what the schema reads, before its transforms. */
const DIRECTION = { io: 'input' } as const;
const TARGET = { target: 'draft-2020-12' } as const;

/** Its JSON Schema. @throws G4FError `invalid-request` where it cannot say it. @param path where it stands, for the error. */
export function toJsonSchema(schema: object, path: string): unknown {
  const standard = fieldOf(schema, '~standard');
  const json = fieldOf(standard, 'jsonSchema');
  // Bound, because methods of classes read their own object.
  const [owner, name, options] =
    [
      [json, 'input', TARGET],
      [schema, 'toJSONSchema', DIRECTION],
      [schema, 'toJsonSchema', undefined],
    ].find(([place, method]) => typeof fieldOf(place, String(method)) === 'function') ?? [];
  const convert = fieldOf(owner, String(name));
  if (typeof convert !== 'function') throw notConvertible(schema, standard, path);
  try {
    const { $schema: _, ...made } = Object(convert.call(owner, options));
    return made;
  } catch (cause) {
    const why =
      cause instanceof Error ? cause.message.replace(/\s+/g, ' ').replace(/\.$/, '') : String(cause);
    throw new G4FError(`${path}: this schema has no JSON Schema: ${why}.`, {
      code: 'invalid-request',
      cause,
    });
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  value !== null && value !== undefined ? Object(value)[name] : undefined;

function notConvertible(schema: object, standard: unknown, path: string): G4FError {
  const isZod3 = '_def' in schema && !('_zod' in schema);
  const vendor = fieldOf(standard, 'vendor');
  const whose = isZod3 ? 'Zod 3' : typeof vendor === 'string' ? vendor : 'its library';
  const how = isZod3
    ? 'use Zod 4, or zod-to-json-schema'
    : vendor === 'zod'
      ? 'give z.toJSONSchema(schema)'
      : `use the converter of ${whose}`;
  return new G4FError(`${path}: a schema of ${whose} cannot say its JSON Schema by itself: ${how}.`, {
    code: 'invalid-request',
  });
}
