// No files: the browser build has this file in the place of tape-file.node.ts.
import { G4FError } from '@g4f/core';
import type { TapeLines } from './tape-lines.ts';

const noFiles = (method: string): G4FError =>
  new G4FError(`${method}: there are no files here. Record and replay on Node, Bun or Deno.`, {
    code: 'invalid-request',
  });

/** @throws G4FError `invalid-request` */
export const openTape = (_path: string, method: string): ((line: string) => void) => {
  throw noFiles(method);
};

/** @throws G4FError `invalid-request` */
export const readTape = (_path: string, method: string): TapeLines => {
  throw noFiles(method);
};
