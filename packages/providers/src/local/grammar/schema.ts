// What a JSON schema is to the grammar: an object at a place, whose keywords are read one by one and never passed over.
import type { G4FError } from '@g4f/core';
import { localError } from '../failures/failure.ts';

/** The keywords of one schema. */
export type Keywords = Readonly<Record<string, unknown>>;

/** A schema, and where it stands in the request. */
export interface Place {
  readonly schema: unknown;
  readonly path: string;
}

/** The kinds of JSON values, and of numbers. */
export type Kind = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** Whether it is an object with keywords. */
export const isKeywords = (value: unknown): value is Keywords =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why the grammar cannot hold the schema. */
export const cannotHold = (path: string, keyword: string, why: string): G4FError =>
  localError(
    'invalid-request',
    `${path}: the embedded model cannot be kept to "${keyword}" (${why}). Leave it out and check the answer yourself, or choose another provider.`,
  );

/** The schema is not one. */
export const notASchema = (path: string, why: string): G4FError =>
  localError('invalid-request', `${path} ${why}.`);

/** Those that say something of every value, and are read by themselves. */
const COMBINING = ['$ref', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'] as const;
const NUMERIC = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** What the grammar can hold of each kind. */
const HELD: Readonly<Record<Kind, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'format'],
  number: NUMERIC,
  integer: NUMERIC,
  boolean: [],
  null: [],
};
/** What it cannot. Keywords that say nothing of a kind (`pattern` of a number) change nothing, and are no matter. */
const NOT_HELD: Readonly<Record<Kind, readonly string[]>> = {
  object: [
    ...['patternProperties', 'propertyNames', 'minProperties', 'maxProperties', 'unevaluatedProperties'],
    ...['dependentRequired', 'dependentSchemas', 'dependencies'],
  ],
  array: ['contains', 'minContains', 'maxContains', 'uniqueItems', 'additionalItems', 'unevaluatedItems'],
  string: ['pattern'],
  number: ['multipleOf'],
  integer: ['multipleOf'],
  boolean: [],
  null: [],
};
const NOT_HELD_OF_ANY = ['not', 'if', 'then', 'else', '$dynamicRef', '$recursiveRef'];

/** Whether the keyword demands nothing: it is absent, or `false` where that means so. */
const demandsNothing = (keyword: string, value: unknown): boolean =>
  value === undefined ||
  (value === false &&
    ['uniqueItems', 'unevaluatedProperties', 'unevaluatedItems', 'additionalItems'].includes(keyword));

/** @throws G4FError `invalid-request` naming the first keyword that says something of these kinds and cannot be held. */
export const checkKeywords = ({ path }: Place, schema: Keywords, kinds: readonly Kind[]): void => {
  const found = [...NOT_HELD_OF_ANY, ...COMBINING, ...kinds.flatMap((kind) => NOT_HELD[kind])].find(
    (keyword) => !demandsNothing(keyword, schema[keyword]),
  );
  if (found !== undefined) throw cannotHold(path, found, 'its grammar has no way to say so');
};

/** @throws G4FError `invalid-request` if something that asserts anything stands beside `keyword`; `type` may beside values. */
export const checkAlone = ({ path }: Place, schema: Keywords, keyword: string): void => {
  const asserting = new Set<string>([...COMBINING, ...NOT_HELD_OF_ANY]);
  for (const kind of KINDS) for (const name of [...HELD[kind], ...NOT_HELD[kind]]) asserting.add(name);
  if (keyword !== 'const' && keyword !== 'enum') asserting.add('type');
  const beside = Object.keys(schema).find((name) => name !== keyword && asserting.has(name));
  if (beside !== undefined) throw cannotHold(path, beside, `beside "${keyword}"`);
};

/** Every kind. */
export const KINDS: readonly Kind[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

const isKind = (value: unknown): value is Kind => KINDS.some((kind) => kind === value);

/** The kinds the schema allows: those of `type`, else those its keywords speak of; none if it says nothing. */
export const kindsOf = ({ path }: Place, schema: Keywords): readonly Kind[] => {
  const { type } = schema;
  if (type === undefined) {
    const implied = KINDS.filter((kind) =>
      [...HELD[kind], ...NOT_HELD[kind]].some((keyword) => schema[keyword] !== undefined),
    );
    return implied.slice(0, 1);
  }
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const kinds = types.filter(isKind);
  if (kinds.length === 0 || kinds.length < types.length)
    throw notASchema(`${path}.type`, `is ${JSON.stringify(type)}, which is no type`);
  return kinds;
};
