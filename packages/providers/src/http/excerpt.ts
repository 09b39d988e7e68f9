// The beginning of a body, as it may be shown in an error's message.
import { redact } from '@g4f/core';

/** Most characters that are looked at, so that a body of many MiB costs no time. */
const LOOKED_AT = 16 * 1024;

/** The first characters of a body, on one line and without keys, for an error's message. */
export const excerpt = (
  text: string,
  secrets: readonly (string | undefined)[] = [],
  length = 200,
): string => {
  // Redacted before it is cut: half a key at the cut would no longer look like one. The first cut is between words.
  const cut = text.length > LOOKED_AT ? text.lastIndexOf(' ', LOOKED_AT) : -1;
  const near = text.slice(0, cut > 0 ? cut : LOOKED_AT);
  const line = redact(near, secrets).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
