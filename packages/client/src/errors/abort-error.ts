// Why a call was aborted, as the error that its reader gets.
import { type Abortable, G4FError, isG4FError } from '@g4f/core';

/** What to throw when a call was aborted: its deadline if that was why, `aborted` otherwise. */
export const toAbortError = (signal: Pick<Abortable, 'reason'>, provider?: string): G4FError =>
  isG4FError(signal.reason)
    ? signal.reason
    : new G4FError('the request was aborted by the caller.', {
        code: 'aborted',
        provider,
        cause: signal.reason,
      });
