// No files: the browser build has this file in the place of write-file.node.ts.
import { G4FError } from '@g4f/core';

/** @throws G4FError `invalid-request` */
export const writeFile = async (
  _path: string | URL,
  _bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  _method: string,
): Promise<void> => {
  throw new G4FError('there are no files here. Use blob() or body.', { code: 'invalid-request' });
};
