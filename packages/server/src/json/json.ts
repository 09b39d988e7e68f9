// Values of a JSON body, read without trusting what they are.
import { refuse } from '../failure/refusal.ts';

/** An object of a JSON body. */
export type Json = Readonly<Record<string, unknown>>;

/** The object, or undefined if the value is none. */
export const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** The list, or an empty one if the value is none. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The text, or undefined if the value is none. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `likeThis` of `like_this`. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether the caller wants a stream. @throws Refusal 400 for what is neither true nor false. */
export const readStream = (value: unknown, byDefault: boolean): boolean => {
  if (value == null) return byDefault;
  if (typeof value === 'boolean') return value;
  throw mustBe('stream', 'true or false');
};

/** The refusal of a field that is not what it must be. */
export const mustBe = (field: string, what: string) =>
  refuse(400, 'invalid-request', `${field} must be ${what}.`, { param: field });

/** The object, or undefined if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenObject = (value: unknown, field: string): Json | undefined => {
  const object = asObject(value);
  if (object === undefined && value != null) throw mustBe(field, 'an object');
  return object;
};

/** The list, an empty one if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenList = (value: unknown, field: string): readonly unknown[] => {
  if (value != null && !Array.isArray(value)) throw mustBe(field, 'a list');
  return asList(value);
};

/** The objects of the list, none if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenObjects = (value: unknown, field: string): readonly Json[] =>
  value == null ? [] : readObjects(value, field);

/** The text, or undefined if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenText = (value: unknown, field: string): string | undefined => {
  if (value != null && typeof value !== 'string') throw mustBe(field, 'a string');
  return value ?? undefined;
};

/** The number, or undefined if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenNumber = (value: unknown, field: string): number | undefined => {
  if (value != null && typeof value !== 'number') throw mustBe(field, 'a number');
  return value ?? undefined;
};

/** The boolean, or undefined if the field is not set. @throws Refusal 400 that names the field for anything else. */
export const givenBoolean = (value: unknown, field: string): boolean | undefined => {
  if (value != null && typeof value !== 'boolean') throw mustBe(field, 'true or false');
  return value ?? undefined;
};

/** The objects of a list. @throws Refusal 400 that names the field for what is no list of objects. */
export const readObjects = (value: unknown, field: string): readonly Json[] => {
  if (!Array.isArray(value)) throw mustBe(field, 'a list');
  return value.map((item, at) => {
    const object = asObject(item);
    if (object !== undefined) return object;
    throw mustBe(`${field}[${at}]`, 'an object');
  });
};

/** The named text. @throws Refusal 400 that names the field for anything else. */
export const readText = (value: unknown, field: string): string => {
  if (typeof value === 'string') return value;
  throw mustBe(field, 'a string');
};

/** The named text, which says something. @throws Refusal 400 that names the field for anything else. */
export const readFilled = (value: unknown, field: string): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw mustBe(field, 'a string that is not empty');
};

/** The fields that are not undefined. */
export const definedFields = (fields: Json): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The object without the named fields. `__proto__` is no field of anybody's. */
export const without = (object: Json, names: ReadonlySet<string>): Json => {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(object))
    if (!names.has(name) && name !== '__proto__') rest[name] = object[name];
  return rest;
};

/** The JSON in a text, or undefined if it holds none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
