// A look at what the caller gave, before it is checked: what is wrong with it is told by the check of the call.
import { isFields } from './plain-value.ts';

/** The field; undefined where there is none, and where it cannot be read. */
export const peek = <T extends object, K extends keyof T>(
  given: T | null | undefined,
  name: K,
): T[K] | undefined => {
  try {
    return given?.[name];
  } catch {
    return undefined;
  }
};

/** A copy with more fields; what is no object, or cannot be read, is left as it is. */
export const withMore = <T>(given: T, more: object): T => {
  try {
    if (isFields(given)) return { ...given, ...more };
  } catch {
    // Told by the check.
  }
  return given;
};
