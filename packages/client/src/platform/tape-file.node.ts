// A file of lines, to which whole lines are added, and which is read as a whole.
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { G4FError } from '@g4f/core';
import { pathOf, unwritten } from './written-file.ts';

/** Only its owner may read it: prompts are in it. */
const MODE = 0o600;

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
  written(() => closeSync(openSync(place, 'a', MODE)));
  // At once and in one piece: lines of calls that end together do not mix, and none is lost when the process ends.
  return (line) => written(() => appendFileSync(place, `${line}\n`));
};

/** Its lines; one that was not written to its end is left out. @throws G4FError `invalid-request` where it cannot be read */
export const readTape = (path: string, method: string): readonly string[] => {
  const place = pathOf(path, method);
  try {
    return readFileSync(place, 'utf8').split('\n').slice(0, -1);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file. Record it first, by withRecording'
        : `it cannot be read (${code})`;
    throw new G4FError(`${method}: ${place}: ${why}.`, { code: 'invalid-request', cause });
  }
};
