// The ids of conversations: names of files are made of them.
import { wrong } from '../options/check-option.ts';

/** Whether a text can be the id of a conversation. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text);

/** The id itself. @throws G4FError `invalid-request` for what is none. */
export const checkId = (id: unknown): string => {
  if (typeof id === 'string' && isId(id)) return id;
  throw wrong('id', 'up to 128 letters, digits, "-" and "_"', id);
};
