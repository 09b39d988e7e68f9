// The error for a second loop over a stream, whose chunks come once.
import { G4FError } from '@g4f/core';
import { toAbortError } from '../errors/abort-error.ts';

/**
 * A loop that starts again would find nothing, and one that runs besides would take every other chunk: both in silence.
 * @param isLeft whether its reader left it before its end, or aborted it: that is what is told then.
 */
export const readTwice = (isLeft = false): G4FError =>
  isLeft
    ? toAbortError({ reason: undefined })
    : new G4FError('this stream is read already: its chunks come once. Keep them, or call create() again.', {
        code: 'invalid-request',
      });
