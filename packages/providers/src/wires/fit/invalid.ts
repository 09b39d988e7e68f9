// The error for a part of a request that no wire can translate: it names the field, what was expected, and what was given.
import { G4FError } from '@g4f/core';

/** The error, to be thrown. @param field where it is, such as `messages[2].content`. */
export const invalid = (field: string, expected: string, given: unknown): G4FError =>
  new G4FError(
    `${field}: ${expected} was expected, ${given === undefined ? 'but it is missing' : `got ${kindOf(given)}`}.`,
    {
      code: 'invalid-request',
    },
  );

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'function' ? 'a function' : `the ${typeof value} ${String(value)}`;
};
