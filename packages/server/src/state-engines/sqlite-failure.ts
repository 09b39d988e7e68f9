// What SQLite says when it fails → what is wrong with the file, and what to do next.
import { RefusedValueError, StateError, stateError } from '../state/state-error.ts';

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/locked|busy/i, 'another process holds the database. End it, or try again'],
  [
    /not a database|malformed|corrupt/i,
    'the file is damaged, or no database. Restore a copy, or move it away',
  ],
  [/is full|no space|disk I\/O/i, 'the disk is full or fails. Make room'],
  [/readonly|read-only/i, 'this user may not write the file or its folder'],
  [
    /unable to open|cannot open|connection ?failed|permission|EISDIR|ENOTDIR|EEXIST|ENOENT/i,
    'the file cannot be opened. Look whether its folder is there, and whether this user may write in it',
  ],
];

/** Of tables whose columns have strict types. */
const REFUSED = /cannot store|constraint failed|datatype mismatch|cannot be bound/i;

/** Whether the same may succeed in a moment. */
export const isLocked = (error: unknown): boolean => /locked|busy/i.test(messageOf(error));

/** The error that is told. */
export const sqliteFailure = (name: string, error: unknown): StateError => {
  if (error instanceof StateError) return error;
  const message = messageOf(error);
  if (REFUSED.test(message)) return new RefusedValueError(`${name}: ${message}`, { cause: error });
  const [, why = `SQLite failed: ${message}`] = REASONS.find(([pattern]) => pattern.test(message)) ?? [];
  return stateError(name, why, error);
};

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300).replaceAll('\n', ' ');
