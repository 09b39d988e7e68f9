// JSON that is nested too deeply to be walked.
import { LIMITS, tooMany } from '@g4f/core';
import type { Asked } from './failure.ts';

/** The lists and objects of so many levels are written with no fewer characters. */
const LEAST_LENGTH = 2 * LIMITS.nesting;

/**
 * Refuses JSON that is nested deeper than the limit, before anything walks it: a walk calls itself for each level, and
 * 20,000 of them are more than a stack holds.
 *
 * @param text what the value was parsed from: a short one cannot be too deep.
 * @throws G4FError `bad-response`
 */
export const checkNesting = (
  value: unknown,
  text: string,
  asked: Pick<Asked, 'provider' | 'model'>,
): void => {
  if (text.length > LEAST_LENGTH && isTooDeep(value))
    throw tooMany('lists and objects inside each other', LIMITS.nesting, asked);
};

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};
