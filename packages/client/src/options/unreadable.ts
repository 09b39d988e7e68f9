// What the caller gave and nobody can read, a getter or a Proxy that throws: the caller's mistake, told with its place by the check of the call.
import { isG4FError } from '@g4f/core';
import { isFields, notPlain } from './plain-value.ts';

/**
 * What was thrown; or, where it comes of reading what the caller gave (a getter, a Proxy), the error that names the place.
 * @param given the parameters, and the options.
 */
export const asCallers = (thrown: unknown, ...given: readonly unknown[]): unknown => {
  if (isG4FError(thrown)) return thrown;
  const seen = new Set<unknown>();
  for (const one of given) {
    const place = unreadable(one, '', seen);
    if (place !== undefined) return notPlain(place || 'the argument', 'what throws when read');
  }
  return thrown;
};

/** The place of the first thing that cannot be read. @param seen what has been read. */
function unreadable(given: unknown, place: string, seen: Set<unknown>): string | undefined {
  // What is a function may be the schema of a library, and is read as such.
  if (Object(given) !== given || seen.has(given)) return undefined;
  seen.add(given);
  let at = place;
  try {
    const fields = Object(given);
    Reflect.get(fields, '~standard');
    for (const name of Object.keys(fields)) {
      at = Array.isArray(fields) ? `${place}[${name}]` : `${place && `${place}.`}${name}`;
      const found = unreadable(fields[name], at, seen);
      if (found !== undefined) return found;
    }
  } catch {
    return at;
  }
  return undefined;
}

/** What `read` makes of what the caller gave. @throws G4FError `invalid-request` also where that cannot be read */
export const reading = <T>(given: unknown, read: () => T): T => {
  try {
    return read();
  } catch (thrown) {
    throw asCallers(thrown, given);
  }
};

/** The field, before it is checked; undefined where there is none, and where it cannot be read. */
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
