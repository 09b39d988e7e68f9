// Checks options that every client has, and says what is wrong with one.
import { G4FError } from '@g4f/core';
import { checkPlain, isPlainObject } from './plain-value.ts';
import { quote } from './quote.ts';

/** The error for an option that is not what it must be. */
export const wrong = (option: string, expected: string, value: unknown): G4FError =>
  new G4FError(`${option} must be ${expected}; it is ${quote(value)}.`, { code: 'invalid-request' });

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

/** An address without slashes at its end. @throws G4FError `invalid-request` */
export function checkURL(option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = String(value).trim();
  if (/\s/.test(text) || !URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw wrong(option, 'an http or https URL, such as "http://127.0.0.1:8000/v1"', value);
  }
  return text.replace(/\/+$/, '');
}

/** Plain data all through, because it goes into the body as it is. @throws G4FError `invalid-request` */
export function checkExtraBody(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) throw wrong('extraBody', 'a plain object', value);
  checkPlain(value, 'extraBody');
  return value;
}

/** @throws G4FError `invalid-request` */
export function checkSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || isAbortSignal(value)) return value;
  throw wrong('signal', 'an AbortSignal', value);
}

/** By its shape, because test environments bring an AbortSignal of their own. */
const isAbortSignal = (value: unknown): value is AbortSignal =>
  typeof value === 'object' &&
  value !== null &&
  'aborted' in value &&
  typeof value.aborted === 'boolean' &&
  'addEventListener' in value &&
  typeof value.addEventListener === 'function';
