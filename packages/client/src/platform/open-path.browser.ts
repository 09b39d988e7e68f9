// No files: the browser build has this file in the place of open-path.node.ts.
import { G4FError, type Upload } from '@g4f/core';

/** @throws G4FError `invalid-request` */
export const openPath = async (_path: string, field: string): Promise<Upload & { readonly size: number }> => {
  throw new G4FError(`${field}: there are no paths here. Give a File, a Blob, bytes or a data URL.`, {
    code: 'invalid-request',
  });
};
