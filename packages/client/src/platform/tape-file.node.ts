// A file of lines, to which whole lines are added, and which is read as a whole.
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { G4FError } from '@g4f/core';
import { endsTorn } from './ends-torn.ts';
import type { TapeLines } from './tape-lines.ts';
import { pathOf, unwritten } from './written-file.ts';

/** Only its owner may read it: prompts are in it. */
const MODE = 0o600;
/** Stands after a line that was not written to its end. */
const TORN = '{"tape":"torn"}';

/**
 * Makes the file if there is none.
 * @param method that writes, for errors. @returns adds a line @throws G4FError `invalid-request` where it cannot be written, from both
 */
export const openTape = (path: string, method: string): ((line: string) => void) => {
  const place = pathOf(path, method);
  const written = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      throw unwritten(method, place, error);
    }
  };
  const append = (line?: string): void => {
    const file = openSync(place, 'a+', MODE);
    try {
      // At once and in one piece: lines of calls that end together do not mix, and none is lost when the process ends.
      if (line !== undefined) appendFileSync(file, `${endsTorn(file) ? `\n${TORN}\n` : ''}${line}\n`);
    } finally {
      closeSync(file);
    }
  };
  written(append);
  return (line) => written(() => append(line));
};

/** @throws G4FError `invalid-request` where it cannot be read */
export const readTape = (path: string, method: string): TapeLines => {
  const place = pathOf(path, method);
  try {
    const all = readFileSync(place, 'utf8').split('\n');
    const given = all
      .map((text, at) => ({ text, number: at + 1 }))
      .filter(({ text }) => text !== '' && text !== TORN);
    const isTorn = (number: number): boolean => number === all.length || all[number] === TORN;
    return {
      lines: given.filter(({ number }) => !isTorn(number)),
      torn: given.map(({ number }) => number).filter(isTorn),
    };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file. Record it first, by withRecording'
        : `it cannot be read (${code})`;
    throw new G4FError(`${method}: ${place}: ${why}.`, { code: 'invalid-request', cause });
  }
};
