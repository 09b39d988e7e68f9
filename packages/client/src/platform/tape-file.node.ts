// A file of lines, to which whole lines are added, and which is read as a whole.
import { appendFileSync, constants, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { G4FError, isG4FError } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';
import { endsTorn } from '../files/ends-torn.ts';
import { withPlainFile } from '../files/plain-file.ts';
import type { TapeLines } from './tape-lines.ts';
import { noFile, pathOf, unwritten } from './written-file.ts';

const { O_APPEND, O_CREAT, O_RDONLY, O_RDWR } = constants;
/** Stands after a line that was not written to its end. */
const TORN = '{"tape":"torn"}';

/**
 * Makes the file if there is none, readable by its owner alone: prompts are in it.
 * @param method that writes, for errors. @returns adds a line @throws G4FError `invalid-request` where it cannot be written, from both
 */
export const openTape = (path: string, method: string): ((line: string) => void) => {
  const place = pathOf(path, method);
  const written = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      throw isG4FError(error) ? error : unwritten(method, place, error, resolve(place));
    }
  };
  const append = (line?: string): void => {
    withPlainFile(place, O_RDWR | O_APPEND | O_CREAT, noFile(method, place), (file) => {
      // At once and in one piece: lines of calls that end together do not mix, and none is lost when the process ends.
      if (line !== undefined) appendFileSync(file, `${endsTorn(file) ? `\n${TORN}\n` : ''}${line}\n`);
    });
  };
  written(append);
  return (line) => written(() => append(line));
};

/** @throws G4FError `invalid-request` where it cannot be read */
export const readTape = (path: string, method: string): TapeLines => {
  const place = pathOf(path, method);
  try {
    const all = withPlainFile(place, O_RDONLY, noFile(method, place), (file) =>
      readFileSync(file, 'utf8'),
    ).split('\n');
    const given = all
      .map((text, at) => ({ text, number: at + 1 }))
      .filter(({ text }) => text !== '' && text !== TORN);
    const isTorn = (number: number): boolean => number === all.length || all[number] === TORN;
    return {
      lines: given.filter(({ number }) => !isTorn(number)),
      torn: given.map(({ number }) => number).filter(isTorn),
    };
  } catch (cause) {
    if (isG4FError(cause)) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file. Record it first, by withRecording'
        : (notPermitted(cause, resolve(place)) ?? `it cannot be read (${code})`);
    throw new G4FError(`${method}: ${place}: ${why}.`, { code: 'invalid-request', cause });
  }
};
