// What a failure means to the shell.
import { isG4FError } from '@g4f/core';
import { UsageError } from './usage-error.ts';

/** The exit codes of the command. */
export const EXIT = { ok: 0, failure: 1, usage: 2, timeout: 124, interrupted: 130 } as const;

/** The exit code of what was thrown. */
export const exitCodeOf = (thrown: unknown): number => {
  if (thrown instanceof UsageError) return EXIT.usage;
  if (!isG4FError(thrown)) return EXIT.failure;
  if (thrown.code === 'aborted') return EXIT.interrupted;
  if (thrown.code === 'timeout') return EXIT.timeout;
  // Where all that were asked ran out of time, the call did.
  const tried = thrown.attempts ?? [];
  return tried.length > 0 && tried.every(({ code }) => code === 'timeout') ? EXIT.timeout : EXIT.failure;
};

/** What was thrown, in one line without a stack. */
export const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s+/g, ' ');
