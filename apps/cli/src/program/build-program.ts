// The tree of commands: all of their names, and of those that are used everything.
import type { Command as Program } from 'commander';
import { Command } from '../terminal/commander.ts';
import { complain, out } from '../terminal/output.ts';
import type { CommandModule, Example } from './command-module.ts';
import { COMMANDS } from './table.ts';

const DESCRIPTION = `Asks language models. Without a command, the words are the question:

  g4f "how do I undo the last commit?"
  git diff | g4f "write a commit message"`;

const AFTER = `
Keys come from the environment (OPENAI_API_KEY, …) or from "g4f keys set". Without any, a small model on this machine answers.
Exit codes: 0 answered, 1 failed, 2 wrong usage, 124 timed out, 130 interrupted.
"g4f help <command>" has more, with examples.`;

/** The examples as the end of a help. */
const exampleText = (examples: readonly Example[]): string =>
  `\nExamples:\n${examples.map(([line, says]) => `  # ${says}\n  ${line}`).join('\n')}`;

/**
 * The program.
 * @param isUsed of a command's name, whether what it takes is needed; of the others there are name and summary.
 * @param version of this command.
 */
export const buildProgram = async (isUsed: (name: string) => boolean, version = ''): Promise<Program> => {
  const program = new Command('g4f');
  program
    .description(DESCRIPTION)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out(text),
      outputError: (text) =>
        complain(
          text
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' '),
        ),
    })
    .showSuggestionAfterError()
    .version(version, '-V, --version', 'prints the version')
    .helpOption('-h, --help', 'prints this help')
    .helpCommand('help [command]', 'prints the help of a command')
    .addHelpText('after', AFTER);
  const ask = await import('../commands/ask.ts');
  ask.define(program);
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    if (isUsed(name)) completeCommand(command, await load());
  }
  return program;
};

function completeCommand(command: Program, { define, examples }: CommandModule): void {
  define(command);
  command.addHelpText('after', exampleText(examples));
}
