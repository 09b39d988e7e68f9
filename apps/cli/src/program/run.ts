// Carries out what was typed, and says how it ended.
import { EXIT, exitCodeOf, messageOf } from '../failure/exit-code.ts';
import { CommanderError } from '../terminal/commander.ts';
import { complain, watchReaders } from '../terminal/output.ts';
import { buildProgram } from './build-program.ts';

/** Runs the command. @returns its exit code. */
export const run = async (args: readonly string[], version: string): Promise<number> => {
  watchReaders();
  const words = new Set(args);
  try {
    const program = await buildProgram((name) => words.has(name), version);
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    // What commander throws it has told; help and version end so, too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const code = exitCodeOf(error);
    if (code !== EXIT.interrupted) complain(messageOf(error));
    return code;
  }
};
