// What of a payload is too much: how it is told, and JSON that is nested too deeply to be walked.
import { LIMITS, tooMany } from '@g4f/core';
import type { Asked } from './failure.ts';
import { deepestIn, valuesIn } from './json-scan.ts';

/** Tells what could not be read because there is too much of it. @throws G4FError `bad-response` */
export const checkAmount = (text: string, asked: Pick<Asked, 'provider' | 'model'>): void => {
  if (deepestIn(text) > LIMITS.nesting)
    throw tooMany('lists and objects inside each other', LIMITS.nesting, asked);
  if (valuesIn(text) > LIMITS.values) throw tooMany('values in one payload', LIMITS.values, asked);
};

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};
