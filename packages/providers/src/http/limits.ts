// JSON that is nested too deeply to be walked.
import { LIMITS } from '@g4f/core';

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};
