// A key that is given and empty.
import { G4FError } from '@g4f/core';

/** Passed over, the request would be paid for with another key: of the client, or of the environment. @param field `apiKey`, `apiKey.openai` */
export const emptyKey = (field: string): G4FError =>
  new G4FError(`${field} is empty. Give a key, or leave it out, so that the environment's is used.`, {
    code: 'invalid-request',
  });
