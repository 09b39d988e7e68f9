// What is beyond the limits of core's `limits.ts`: how it is told, and JSON that is nested too deeply.
import { G4FError, LIMITS } from '@g4f/core';
import type { Asked } from './failure.ts';

/** The error for an answer with more of something than is read. @param what in the plural: "tool calls". */
export const beyondLimit = (
  what: string,
  most: number,
  { provider, model }: Pick<Asked, 'provider' | 'model'>,
): G4FError =>
  new G4FError(`${provider}: the answer has more than ${most} ${what}. Choose another provider.`, {
    code: 'bad-response',
    provider,
    model,
  });

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
    throw beyondLimit('lists and objects inside each other', LIMITS.nesting, asked);
};

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};
