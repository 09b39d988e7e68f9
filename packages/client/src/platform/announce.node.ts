// Says one line to the person at the terminal, once.
import { writeSync } from 'node:fs';
import { redact } from '@g4f/core';
import { BoundedMap } from '../memory/bounded-map.ts';

/** Is told of something that the person should know. */
export type Announce = (line: string) => void;

const said = new BoundedMap<true>();

/** Counts the line as said: the worker behind `Client` has. */
export const countAsSaid = (line: string): void => void said.set(line, true);

/** Writes the line to stderr, unless this thread has said it before. Never throws. */
export const announce: Announce = (line) => {
  if (said.get(line)) return;
  said.set(line, true);
  try {
    // Written at once: the stream of a worker thread would wait for its blocked parent.
    writeSync(2, `g4f: ${redact(line).replaceAll('\n', ' ')}\n`);
  } catch {
    // A closed or full stderr must not break the answer.
  }
};
