// What a failure means to the shell.
import { isG4FError } from '@g4f/core';
import { inCommandWords } from './command-words.ts';
import { UsageError } from './usage-error.ts';

/** The exit codes of the command. */
export const EXIT = { ok: 0, failure: 1, usage: 2, timeout: 124, interrupted: 130 } as const;

/** The exit code of what was thrown. */
export const exitCodeOf = (thrown: unknown): number => {
  if (isUsage(thrown)) return EXIT.usage;
  if (!isG4FError(thrown)) return EXIT.failure;
  if (thrown.code === 'aborted') return EXIT.interrupted;
  if (thrown.code === 'timeout') return EXIT.timeout;
  // Where all that were asked ran out of time, the call did.
  const tried = thrown.attempts ?? [];
  return tried.length > 0 && tried.every(({ code }) => code === 'timeout') ? EXIT.timeout : EXIT.failure;
};

/** Whether the command was called wrongly: what this command says so of, and what the client refuses before anybody is asked. */
export const isUsage = (thrown: unknown): boolean =>
  thrown instanceof UsageError ||
  (isG4FError(thrown) &&
    thrown.code === 'invalid-request' &&
    thrown.status === undefined &&
    thrown.provider === undefined &&
    (thrown.attempts ?? []).length === 0);

/** Codes of the operating system that a person meets, in words. Source: man 3 errno */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission',
  EBUSY: 'another program uses it',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the file would be larger than is allowed',
  EIO: 'the disk or device failed',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'you have no permission',
  EROFS: 'the file system is read-only',
};

/** What was thrown, in one line without a stack, in the words of this command. */
export const messageOf = (thrown: unknown): string => {
  const { code, syscall } = Object(thrown);
  const reason = syscall === undefined ? undefined : REASONS[String(code)];
  if (reason !== undefined) return reason;
  return inCommandWords((thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s+/g, ' '));
};
