// A value that the caller gave, as it may stand in a message: in one line, and without what may be a password or a key.
import { redact } from '@g4f/core';

/** Longer texts are only counted: no name or address is as long, and what hides a password in them reads them many times. */
const MOST_QUOTED = 1000;

/** Texts are quoted, numbers and the like stand as they are, anything larger is only named. */
export const quote = (value: unknown): string => {
  // A proxy's URL may hold a password, and one without its scheme is a likely slip.
  if (typeof value === 'string' && value.length > MOST_QUOTED) return `a text of ${value.length} characters`;
  if (typeof value === 'string') return JSON.stringify(redact(value.replace(/[^/\s]*@/, '…@')));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};
