// The ids of conversations: names of files are made of them.
import { wrong } from '../options/check-option.ts';

/** The id itself. @throws G4FError `invalid-request` for what is none. */
export const checkId = (id: unknown): string => {
  if (typeof id === 'string' && /^[A-Za-z0-9_-]{1,128}$/.test(id)) return id;
  throw wrong('id', 'up to 128 letters, digits, "-" and "_"', id);
};
