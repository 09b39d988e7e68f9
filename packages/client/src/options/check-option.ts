// Checks options that every client has, and says what is wrong with one.
import { G4FError, holdsUser } from '@g4f/core';
import { urlOf, withoutEnd, withoutEndpoint } from '@g4f/core/internal';
import { quote } from '../errors/quote.ts';
import type { Retired } from '../surface/options.ts';
import { checkPlain, isFields, isFilled, isPlainObject } from './plain-value.ts';

/** The error for an option that is not what it must be. */
export const wrong = (option: string, expected: string, value: unknown): G4FError =>
  new G4FError(`${option} must be ${expected}; it is ${quote(value)}.`, { code: 'invalid-request' });

/**
 * Checks each of a list, or what stands in its place: the error names the place. A hole fits nothing, and there may be millions.
 * @throws G4FError `invalid-request`
 */
export const checkEach = (
  option: string,
  value: unknown,
  fits: (one: unknown) => boolean,
  expected: string,
): void => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const at = list.findIndex((one) => !fits(one));
  if (at !== -1) throw wrong(list === value ? `${option}[${at}]` : option, expected, list[at]);
};

/** The error for a field that an option has not. */
export const noField = (option: string, name: string, known: readonly string[]): G4FError =>
  new G4FError(`${option} has no field ${quote(name)}; it may have ${known.join(', ')}.`, {
    code: 'invalid-request',
  });

const MAX_RETRIES = 2;

/** @throws G4FError `invalid-request` */
export const checkRetries = (value: unknown): number => {
  if (value === undefined) return MAX_RETRIES;
  if (Number.isInteger(value) && Number(value) >= 0) return Number(value);
  throw wrong('maxRetries', 'a whole number, 0 or more', value);
};

/** The last one that was right: each call of a client brings the same one, and to read a URL costs more than all else of the options. */
let last: { readonly value: string; readonly address: string | undefined } | undefined;

/** An address without slashes at its end. @throws G4FError `invalid-request` */
export const checkURL = (option: string, value: unknown): string | undefined => {
  if (last !== undefined && last.value === value) return last.address;
  const expected = 'an http or https URL, such as "http://127.0.0.1:8000/v1"';
  const address = checkAddress(option, value, /^https?:$/, expected);
  const instead = withoutEndpoint(address ?? '');
  if (instead !== undefined) throw wrong(option, instead, address);
  if (typeof value === 'string') last = { value, address };
  return address;
};

/** The address of a proxy. @throws G4FError `invalid-request` */
export const checkProxy = (value: unknown): string | undefined =>
  checkAddress(
    'proxy',
    value,
    /^(?:https?|socks5h?|socks):$/,
    'an http, https or socks5 URL, such as "http://127.0.0.1:8080"',
  );

function checkAddress(
  option: string,
  value: unknown,
  protocols: RegExp,
  expected: string,
): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' || value instanceof URL ? String(value).trim() : '';
  if (/\s/.test(text) || !protocols.test(urlOf(text)?.protocol ?? '')) throw wrong(option, expected, value);
  // Not quoted, and not passed over: whoever writes them believes that they are sent.
  if (option !== 'proxy' && holdsUser(text))
    throw new G4FError(`${userIn(option)}.`, { code: 'invalid-request' });
  return withoutEnd(text, '/');
}

/** What is wrong with an address that holds a password, which is not quoted. */
export const userIn = (option: string): string =>
  `${option} holds a user or a password ("user:password@"), which is not sent: give headers: { authorization: "Basic …" }`;

/** Variables that are no text would fail later, in a provider. The values are not quoted: there are keys among them. */
export function checkEnv(env: unknown): void {
  if (env === undefined || env === null) return;
  if (!isFilled(env)) throw wrong('env', 'an object of variables, such as process.env', typeof env);
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && typeof value !== 'string') throw wrong(`env.${name}`, 'a text', typeof value);
}

/** Where the worker's file is. @throws G4FError `invalid-request` */
export const checkWorkerURL = (value: unknown): void => {
  if (value == null || value instanceof URL || (typeof value === 'string' && value !== '')) return;
  throw wrong('workerURL', 'the URL or the path of a file', value);
};

/** Plain data all through, because it goes into the body as it is. @throws G4FError `invalid-request` */
export function checkExtraBody(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) throw wrong('extraBody', 'a plain object', value);
  checkPlain(value, 'extraBody');
  // The answer would come from a model that nobody reads of.
  if (Object.hasOwn(value, 'model'))
    throw new G4FError('extraBody has no place for model: name it in the parameters.', {
      code: 'invalid-request',
    });
  return value;
}

/** @throws G4FError `invalid-request` */
export function checkSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || isAbortSignal(value)) return value;
  throw wrong('signal', 'an AbortSignal', value);
}

/** By its shape, because test environments bring an AbortSignal of their own. */
const isAbortSignal = (value: unknown): value is AbortSignal =>
  isFields(value) && typeof value.aborted === 'boolean' && typeof value.addEventListener === 'function';

/** @throws G4FError `invalid-request` */
export const checkRetired = (option: string, value: unknown): Retired | undefined => {
  if (value === undefined || value === 'error' || value === 'successor') return value;
  throw wrong(option, '"error" or "successor"', value);
};
