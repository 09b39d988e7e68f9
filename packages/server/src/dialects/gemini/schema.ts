// Gemini's schemas, a part of OpenAPI 3.0, → JSON Schema. Source: https://ai.google.dev/api/caching#Schema
import { asObject, type Json } from '../../json/json.ts';

const INSIDE: ReadonlySet<string> = new Set(['items', 'additionalProperties']);
const LISTS: ReadonlySet<string> = new Set(['anyOf', 'prefixItems']);

/** Types are written in capitals there, and null is allowed by a field of its own. */
export const jsonSchemaOf = (given: unknown): unknown => {
  const schema = asObject(given);
  if (schema === undefined) return given;
  const { nullable, propertyOrdering: _, ...fields } = schema;
  const made = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, fieldOf(name, value)]),
  );
  return nullable === true && typeof made.type === 'string' ? { ...made, type: [made.type, 'null'] } : made;
};

function fieldOf(name: string, value: unknown): unknown {
  if (name === 'type' && typeof value === 'string') return value.toLowerCase();
  if (name === 'properties') return mapped(asObject(value) ?? {});
  if (INSIDE.has(name)) return jsonSchemaOf(value);
  if (LISTS.has(name) && Array.isArray(value)) return value.map(jsonSchemaOf);
  // 64-bit numbers are written as text.
  return /^(min|max)(Items|Length|Properties)$/.test(name) && typeof value === 'string'
    ? Number(value)
    : value;
}

const mapped = (properties: Json): Json =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, jsonSchemaOf(value)]));
