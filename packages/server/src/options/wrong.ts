// The error for an option that is not what it must be.
import { G4FError } from '@g4f/core';

/** @param expected what it must be. */
export const wrong = (name: string, expected: string): G4FError =>
  new G4FError(`server: ${name} must be ${expected}.`, { code: 'invalid-request' });

/** Whether it is an object with fields of its own names. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws G4FError `invalid-request` for options that are no object. */
export const checkOptions = (options: unknown): void => {
  if (!isObject(options)) throw wrong('the options', 'an object');
};
