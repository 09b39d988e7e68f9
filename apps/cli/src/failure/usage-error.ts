// What a person at the terminal got wrong: told in one line, and the command ends with code 2.

/** A mistake in how the command was called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
