// The error for an option that is not what it must be.
import { G4FError } from '@g4f/core';

/** @param expected what it must be. */
export const wrong = (name: string, expected: string): G4FError =>
  new G4FError(`server: ${name} must be ${expected}.`, { code: 'invalid-request' });
