// Says one line to whoever reads the console, once: the browser build has this file in the place of announce.node.ts.
import { redact } from '@g4f/core';
import type { Announce } from '#platform/announce';
import { BoundedMap } from '../memory/bounded-map.ts';

const said = new BoundedMap<true>();

/** Warns of it, unless that has been done before. */
export const announce: Announce = (line) => {
  if (said.get(line)) return;
  said.set(line, true);
  console.warn(`g4f: ${redact(line).replaceAll('\n', ' ')}`);
};
