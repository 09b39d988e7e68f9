// Tells which limit a payload exceeds.
import { LIMITS, tooMany } from '@g4f/core';
import type { RequestFacts } from '../failures/failure.ts';
import { deepestIn, valuesIn } from '../text/json-scan.ts';

/** Tells what could not be read because there is too much of it. @throws G4FError `bad-response` */
export const checkAmount = (text: string, asked: Pick<RequestFacts, 'provider' | 'model'>): void => {
  if (deepestIn(text) > LIMITS.nesting)
    throw tooMany('lists and objects inside each other', LIMITS.nesting, asked);
  if (valuesIn(text) > LIMITS.values) throw tooMany('values in one payload', LIMITS.values, asked);
};
