// Libraries that the user installs where they want what these are for.
import { G4FError } from '@g4f/core';

/** Loads one. @param option what needs it. @throws G4FError `invalid-request` that says how to install it */
export const optionalLibrary = async <T>(
  load: () => Promise<T>,
  name: string,
  option: string,
): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw new G4FError(`server: ${option} needs ${name}, which is not installed: npm install ${name}.`, {
      code: 'invalid-request',
      cause,
    });
  }
};
