// What is beyond the limits of core's `limits.ts`: how it is told, and JSON that is nested too deeply.
import { G4FError, LIMITS } from '@g4f/core';
import type { Asked } from './failure.ts';
import { deepestIn, valuesIn } from './json-scan.ts';

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

/** Tells what could not be read because there is too much of it. @throws G4FError `bad-response` */
export const checkAmount = (text: string, asked: Pick<Asked, 'provider' | 'model'>): void => {
  if (deepestIn(text) > LIMITS.nesting)
    throw beyondLimit('lists and objects inside each other', LIMITS.nesting, asked);
  if (valuesIn(text) > LIMITS.values) throw beyondLimit('values in one payload', LIMITS.values, asked);
};

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};
