// New ids of conversations.
import { randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** An id of a conversation: eight letters and digits that are not taken for each other, short enough to be typed. */
export const newConversationId = (): string =>
  [...randomBytes(8)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
