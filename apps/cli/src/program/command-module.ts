// What a file of `commands/` gives.
import type { Command } from 'commander';

/** A line that a person can type, and what it does. */
export type Example = readonly [line: string, says: string];

/** A command: what it takes, and what it does. */
export interface CommandModule {
  /** Adds arguments, options, commands below it and its action. */
  readonly define: (command: Command) => void;
  /** Shown at the end of its help and in docs/cli.md; each is run by a test. */
  readonly examples: readonly Example[];
}
