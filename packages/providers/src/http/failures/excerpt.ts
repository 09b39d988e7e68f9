// The beginning of a body, as it may be shown in an error's message.
import { redact } from '@g4f/core';
import { hidePrompt } from './hide-prompt.ts';

/** What must not be shown besides what looks like a key. */
export interface Hidden {
  /** The key that was sent. */
  readonly key?: string | undefined;
  /** What was sent: messages, or the request that they stand in. */
  readonly messages?: unknown;
}

/** Most characters that are looked at, so that a body of many MiB costs no time. */
const LOOKED_AT = 16 * 1024;

/** The first characters of a body, on one line and without keys and prompts, for an error's message. */
export const excerpt = (text: string, { key, messages }: Hidden = {}, length = 200): string => {
  // Redacted before it is cut: half a key at the cut would no longer look like one. The first cut is between words.
  const cut = text.length > LOOKED_AT ? text.lastIndexOf(' ', LOOKED_AT) : -1;
  const near = text.slice(0, cut > 0 ? cut : LOOKED_AT);
  const clean = redact(near, [key]).replace(/\s+/g, ' ').trim();
  // The same of the prompt, which is many characters to look for: not in more than may be shown, and once as much.
  const line = messages === undefined ? clean : hidePrompt(clean.slice(0, 2 * length), messages);
  const isCut = line.length > length || clean.length > 2 * length;
  return isCut ? `${line.slice(0, length)}…` : line;
};
