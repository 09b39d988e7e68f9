// The command `g4f`, as bin/g4f.js starts it.
import { run } from './program/run.ts';
import { whenWritten } from './terminal/output.ts';

/** Carries out what was typed, and ends the process with its exit code. */
export const main = async (args: readonly string[], version: string): Promise<void> => {
  const code = await run(args, version);
  // What is still written is written first; connections that are kept open would hold the process.
  whenWritten(() => process.exit(code));
};
