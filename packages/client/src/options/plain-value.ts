// Whether a value is plain data: what JSON and the worker thread carry unchanged.
import { G4FError } from '@g4f/core';

/** Objects inside each other: a stack of this many is cut off before JSON or the wires run out of theirs. */
const DEEPEST = 500;
/** How deep the quick look goes. */
const DEEP = 8;

/** The fields of what the caller gave, before anybody has checked them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether it is an object with fields, of whatever class. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it is plain data beyond doubt, without saying what is not. It may doubt what is plain. */
export const isPlain = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (depth === DEEP) return false;
  if (Array.isArray(value))
    return !value.includes(undefined) && value.every((item) => isPlain(item, depth + 1));
  if (!isPlainObject(value)) return false;
  for (const field of Object.values(value))
    if (field !== undefined && !isPlain(field, depth + 1)) return false;
  return true;
};

/** Not by identity, because an object of another realm (a `vm` context, a frame) has an `Object.prototype` of its own. */
export const isPlainObject = (value: unknown): value is Fields => {
  if (!isFields(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Whether it has fields, or could: a Map and a Date, whose fields nobody sees, are none. */
export const isFilled = (value: unknown): value is Fields =>
  isFields(value) && (isPlainObject(value) || Object.keys(value).length > 0);

/** @throws G4FError `invalid-request` at the first thing that is no plain data, with its path. */
export const checkPlain = (value: unknown, path: string, above: readonly object[] = []): void => {
  const odd = oddity(value, above);
  if (odd !== undefined) throw notPlain(path, odd);
  if (typeof value !== 'object' || value === null) return;
  const here = [...above, value];
  if (Array.isArray(value)) {
    // A hole, too, which JSON makes null of as well; found at once also in a list of any length.
    // biome-ignore lint/complexity/useIndexOf: it passes a hole over.
    const hole = value.findIndex((item) => item === undefined);
    if (hole !== -1) throw notPlain(`${path}[${hole}]`, 'undefined');
    value.forEach((item, at) => {
      checkPlain(item, `${path}[${at}]`, here);
    });
    return;
  }
  for (const [name, field] of Object.entries(value))
    if (field !== undefined) checkPlain(field, `${path}.${name}`, here);
};

/** The function of a tool, which was meant to be run. */
const OF_TOOL = /^tools\[\d+\]\.(function\.)?\w+$/;

/** The error for what is no plain data; of a long path it tells the beginning. */
export const notPlain = (path: string, got: string): G4FError => {
  const hint = got === 'a function' && OF_TOOL.test(path) ? ' runTools runs such tools.' : '';
  return new G4FError(`${path.slice(0, 99)}: plain data was expected, got ${got}.${hint}`, {
    code: 'invalid-request',
  });
};

/** What it is, if it is no plain data. */
function oddity(value: unknown, above: readonly object[]): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value}`;
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return 'an object that contains itself';
  if (above.length === DEEPEST) return `data nested more than ${DEEPEST} deep`;
  if (Array.isArray(value) || isPlainObject(value)) return undefined;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 'bytes: write them as base64 text';
  const { name } = value.constructor ?? {};
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an instance of a class';
}
