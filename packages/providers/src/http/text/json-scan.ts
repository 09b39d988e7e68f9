// Looks at JSON text without parsing it: where strings and values end, and how much is in it. No expressions: one would
// need a stack for the escapes of a long string.

import { LIMITS } from '@g4f/core';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSE: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Where what follows begins, if a string or anything else of one character stands here. */
export function skip(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return from + 1;
  let quote = text.indexOf('"', from + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote === -1 ? text.length : quote + 1;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** How many lists and objects begin in it that do not end in it; below 0 if more end than begin. */
export const openIn = (text: string): number => {
  let open = 0;
  for (let at = 0; at < text.length; at = skip(text, at)) open += stepAt(text, at);
  return open;
};

/** How many lists and objects are inside each other at most. */
export const deepestIn = (text: string): number => {
  let open = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at = skip(text, at)) {
    open += stepAt(text, at);
    deepest = Math.max(deepest, open);
  }
  return deepest;
};

/** Where the list or object ends that begins here; the end of the text if it is cut. */
export const endOfValue = (text: string, from: number): number => {
  let open = 0;
  for (let at = from; at < text.length; at = skip(text, at)) {
    open += stepAt(text, at);
    if (open === 0) return at + 1;
  }
  return text.length;
};

/** How many values are in it, told by what each but the first follows. */
export const valuesIn = (text: string): number => {
  let count = 1;
  for (let at = 0; at < text.length; at = skip(text, at)) {
    const code = text.charCodeAt(at);
    if (code === COMMA || OPEN.has(code)) count += 1;
  }
  return count;
};

/** Whether there are more lists and objects inside each other than the limit. */
export const isTooDeep = (value: unknown, room: number = LIMITS.nesting): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  for (const inside of Object.values(value)) if (isTooDeep(inside, room - 1)) return true;
  return false;
};

function stepAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return OPEN.has(code) ? 1 : CLOSE.has(code) ? -1 : 0;
}
