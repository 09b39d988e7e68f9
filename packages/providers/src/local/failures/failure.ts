// The errors of the embedded provider that several of its parts raise, worded for a person.
import { type ErrorCode, G4FError } from '@g4f/core';

/** An error of this provider; `message` goes on after `local: `. What this small model cannot do, another provider may. */
export const localError = (code: ErrorCode, message: string, cause?: unknown): G4FError => {
  const scope = code === 'invalid-request' ? 'provider' : undefined;
  return new G4FError(`local: ${message}`, { code, scope, provider: 'local', cause });
};

/** What to throw when the caller left: the signal's own reason if it is ours (a deadline), else `aborted`. */
export const leftByCaller = (signal: AbortSignal): G4FError =>
  signal.reason instanceof G4FError
    ? signal.reason
    : localError('aborted', 'the request was aborted by the caller.', signal.reason);

/** The message of anything thrown, on one line. */
export const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').trim();

/** The system's code of an error (`ENOSPC`), if it has one. */
export const systemCode = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

/** bytes as megabytes of a million bytes, as download pages show them. */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
