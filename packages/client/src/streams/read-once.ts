// The error for a second loop over a stream, whose chunks come once.
import { G4FError } from '@g4f/core';

/** A loop that starts again would find nothing, and one that runs besides would take every other chunk: both in silence. */
export const readTwice = (): G4FError =>
  new G4FError(
    'this stream is read already, or has been: its chunks come once. Keep them in a list to go through them again, or call create() again.',
    { code: 'invalid-request' },
  );
