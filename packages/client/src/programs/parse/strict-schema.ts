// A JSON Schema in the form that services hold models to: OpenAI's strict mode and those that follow it.
// Source: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
import { type Fields, isPlainObject } from '../../options/plain-value.ts';

/** What strict mode refuses; what it constrains is checked by the caller's schema when the answer is there. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '$schema',
  'default',
  'examples',
  'maxLength',
  'minLength',
  'maxProperties',
  'minProperties',
  'uniqueItems',
]);
/** What strict mode has no form for. */
const IMPOSSIBLE: ReadonlySet<string> = new Set([
  'allOf',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'if',
  'not',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'unevaluatedProperties',
]);
/** Fields whose values are schemas by name. */
const MAPS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);
/** Fields whose values are data. */
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'required', 'type']);

/**
 * The schema with every object closed and without what strict mode refuses: all that fits it fits the given one too, but for
 * the constraints left out. Undefined where there is no such schema: an object with fields that may be missing, or with
 * fields of any name, or an answer that is no object.
 */
export const strictSchema = (schema: unknown): Fields | undefined => {
  if (!isPlainObject(schema) || schema.type !== 'object') return undefined;
  const strict = closed(schema);
  return isPlainObject(strict) ? strict : undefined;
};

/** Undefined if it cannot be. */
function closed(schema: unknown): unknown {
  if (!isPlainObject(schema)) return undefined;
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (IMPOSSIBLE.has(name)) return undefined;
    if (LEFT_OUT.has(name) || name === 'additionalProperties' || isRefused(name, value, schema)) continue;
    const inside = closedField(name, value);
    if (inside === undefined) return undefined;
    // Of alternatives, strict mode knows this form alone.
    made[name === 'oneOf' ? 'anyOf' : name] = inside;
  }
  if (schema.type !== 'object') return made;
  return hasAllFields(schema) ? { ...made, additionalProperties: false } : undefined;
}

function closedField(name: string, value: unknown): unknown {
  if (DATA.has(name)) return value;
  if (MAPS.has(name) && isPlainObject(value)) {
    const entries = Object.entries(value).map(([key, schema]) => [key, closed(schema)] as const);
    return entries.some(([, made]) => made === undefined) ? undefined : Object.fromEntries(entries);
  }
  if (name === 'items') return closed(value);
  if (!Array.isArray(value)) return value;
  const all = value.map(closed);
  return all.includes(undefined) ? undefined : all;
}

function hasAllFields({ properties, required, additionalProperties }: Fields): boolean {
  if (additionalProperties !== undefined && additionalProperties !== false) return false;
  const names = isPlainObject(properties) ? Object.keys(properties) : [];
  return names.every((name) => Array.isArray(required) && required.includes(name));
}

/** Strict mode knows these alone. */
const FORMATS: ReadonlySet<unknown> = new Set([
  'date',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'time',
  'uuid',
]);

/** A constraint that is said twice or is no constraint, as libraries write them, or that strict mode does not know. */
function isRefused(name: string, value: unknown, { format }: Fields): boolean {
  if (name === 'format') return !FORMATS.has(value);
  // Zod writes a long one beside each format; what begins with `(?` looks ahead.
  if (name === 'pattern') return format !== undefined || String(value).includes('(?');
  // Zod writes what a number can hold into every integer.
  if (name === 'maximum') return value === Number.MAX_SAFE_INTEGER;
  return name === 'minimum' && value === Number.MIN_SAFE_INTEGER;
}
