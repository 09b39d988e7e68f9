// Checks the options that hold middleware, and the plain data that stands for the one that keeps answers.
import { OPERATIONS } from '@g4f/core';
import { processEnv } from '../platform/process-env.ts';
import type { CacheOptions } from '../surface/middleware.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import { checkEach, noField, wrong } from './check-option.ts';
import { isFields, isPlainObject } from './plain-value.ts';

/** The failures that are rehearsed, by the variable. */
export const simulatedIn = ({ env }: Pick<ClientOptions, 'env'>): string | undefined =>
  (env ?? processEnv()).G4F_SIMULATE?.trim();

/** Whether calls of a client with these options pass through any. */
export const usesMiddleware = (given: Pick<ClientOptions, 'use' | 'cache' | 'env'>): boolean =>
  (given.use?.length ?? 0) > 0 || (given.cache ?? false) !== false || !!simulatedIn(given);

/** @throws G4FError `invalid-request` */
export const checkMiddleware = ({ use, wrap, cache }: ClientOptions): void => {
  const list: unknown = use ?? [];
  if (!Array.isArray(list)) throw wrong('use', 'a list of middleware', use);
  checkEach(
    'use',
    list,
    isMiddleware,
    'a function, or an object of functions by operation, such as { chat }',
  );
  if (wrap != null)
    checkEach(
      'wrap',
      wrap,
      (one) => typeof one === 'function',
      'a function that takes a provider and gives one',
    );
  if (cache != null && typeof cache !== 'boolean') checkCacheOptions('cache', cache);
};

/** The constructor says what is cached. @throws G4FError `invalid-request` */
export const checkCallCache = (call: CallOptions): void => {
  const value: unknown = Object.hasOwn(call, 'cache') ? call.cache : undefined;
  if (value != null && value !== false)
    throw wrong(
      'cache',
      'false for a call, which is then not cached; all else goes to the constructor',
      value,
    );
};

const isMiddleware = (value: unknown): boolean =>
  typeof value === 'function' ||
  (isFields(value) &&
    OPERATIONS.some((operation) => value[operation] !== undefined) &&
    OPERATIONS.every((operation) => ['function', 'undefined'].includes(typeof value[operation])));

/** Whether a value fits, and what is expected. */
export type CacheField = readonly [fits: (value: unknown) => boolean, expected: string];

/** A time. */
export const MS: CacheField = [(value) => typeof value === 'number' && value > 0, 'a number of ms above 0'];
const COUNT: CacheField = [(value) => Number.isInteger(value) && Number(value) > 0, 'a whole number above 0'];
const SWITCH: CacheField = [(value) => typeof value === 'boolean', 'true or false'];

const FIELDS: Readonly<Record<keyof CacheOptions, CacheField>> = {
  ttl: MS,
  maxEntries: COUNT,
  maxCharacters: COUNT,
  timing: SWITCH,
  sampled: SWITCH,
};

/** @param more fields that it may have besides those of the plain data. @throws G4FError `invalid-request` */
export function checkCacheOptions(
  option: string,
  value: unknown,
  more?: Readonly<Record<string, CacheField>>,
): void {
  if (!isPlainObject(value)) throw wrong(option, 'an object, such as { ttl: 60_000 }', value);
  const fields: Readonly<Record<string, CacheField>> = { ...FIELDS, ...more };
  for (const [name, given] of Object.entries(value)) {
    if (given == null) continue;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw noField(option, name, Object.keys(fields));
    const [fits, expected] = field;
    if (!fits(given)) throw wrong(`${option}.${name}`, expected, given);
  }
}
