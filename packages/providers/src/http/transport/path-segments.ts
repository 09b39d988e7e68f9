// An id as a piece of an address: it can name nothing but what stands at its own place.
import { G4FError } from '@g4f/core';
import { excerpt } from '../failures/excerpt.ts';

/**
 * The id, encoded segment by segment, so that `?`, `#`, `\`, `%2e` and line breaks are part of it and not of the address.
 *
 * @param what it is, for the error: `the model`.
 * @param most segments that it may have; what stands in the address after them means something else.
 * @throws G4FError `invalid-request` for a segment that is empty, `.` or `..`, and for too many.
 */
export const encodeSegments = (id: string, what: string, most: number): string => {
  const segments = id.split('/');
  if (segments.length > most || segments.some((one) => /^\.{0,2}$/.test(one) || /[\ud800-\udfff]/u.test(one)))
    throw new G4FError(
      `${what} "${excerpt(id)}" cannot stand in an address: ${most === 1 ? 'one name' : `at most ${most} names between slashes`}, none of them empty, "." or "..". Correct it.`,
      { code: 'invalid-request' },
    );
  return segments.map(encodeURIComponent).join('/');
};
