// Says one line to whoever reads the console, once: the browser build has this file in the place of announce.ts.
import { redact } from '@g4f/core';
import type { Announce } from './announce.ts';

const said = new Set<string>();

/** Warns of it, unless that has been done before. */
export const announce: Announce = (line) => {
  if (said.has(line)) return;
  said.add(line);
  console.warn(`g4f: ${redact(line).replaceAll('\n', ' ')}`);
};
