// Looks at the folders that a server may read before it starts: what is wrong with one would only be told to a caller, as a file that is not there.
import { constants } from 'node:fs';
import { access, opendir } from 'node:fs/promises';
import { G4FError } from '@g4f/core';

/** @throws G4FError `invalid-request` for one that is missing, is no folder or cannot be read */
export const checkFolders = async (folders: readonly string[]): Promise<void> => {
  for (const folder of folders) {
    try {
      await (await opendir(folder)).close();
      await access(folder, constants.R_OK | constants.X_OK);
    } catch (cause) {
      const { code = '' } = Object(cause);
      const why = REASONS[code] ?? `cannot be read (${code})`;
      throw new G4FError(`serveMcp: folders: ${JSON.stringify(folder)} ${why}.`, {
        code: 'invalid-request',
        cause,
      });
    }
  }
};

/** Source: man 3 errno */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'may not be read by this user',
};
