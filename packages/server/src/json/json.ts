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

/** The number, or undefined if the value is none. */
export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Whether the caller wants a stream. @throws Refusal 400 for what is neither true nor false. */
export const readStream = (value: unknown, byDefault: boolean): boolean => {
  if (value == null) return byDefault;
  if (typeof value === 'boolean') return value;
  throw refuse(400, 'invalid-request', 'stream must be true or false.', { param: 'stream' });
};

/** The objects of a list. @throws Refusal 400 that names the field for what is no list of objects. */
export const readObjects = (value: unknown, field: string): readonly Json[] => {
  if (!Array.isArray(value))
    throw refuse(400, 'invalid-request', `${field} must be a list.`, { param: field });
  return value.map((item, at) => {
    const object = asObject(item);
    if (object !== undefined) return object;
    throw refuse(400, 'invalid-request', `${field}[${at}] must be an object.`, { param: `${field}[${at}]` });
  });
};

/** The named text. @throws Refusal 400 that names the field for anything else. */
export const readText = (value: unknown, field: string): string => {
  if (typeof value === 'string') return value;
  throw refuse(400, 'invalid-request', `${field} must be a string.`, { param: field });
};

/** The fields that are not undefined. */
export const definedFields = (fields: Json): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The object without the named fields. `__proto__` is no field of anybody's. */
export const without = (object: Json, names: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name) && name !== '__proto__'));

/** The JSON in a text, or undefined if it holds none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
