// One question: `g4f "…"`, and `g4f ask`. Every command names its options, so that asking itself is loaded when something is asked.
import type { Command } from 'commander';
import { several, withQuestionOptions } from '../asking/question-options.ts';
import { withToolOptions } from '../asking/tool-options.ts';
import type { AskOptions } from './ask-question.ts';

/** Lines to try. */
export const examples = [
  ['g4f "how do I undo the last commit?"', 'asks'],
  ['git diff | g4f "write a commit message"', 'asks about what is piped in'],
  ['g4f -m gpt-5.4 -s "Answer in one line." "what is a monad?"', 'names the model, and says how to answer'],
  ['g4f -f notes.md -f photo.png "what is missing in these notes?"', 'attaches files'],
  ['g4f --schema "name, age int" "invent a person"', 'answers in JSON of this form'],
  ['g4f -c "and in French?"', 'goes on with the last conversation'],
  [
    'g4f -o temperature=0 -o max_tokens=100 --json "say hello"',
    'sets parameters, and prints the answer with its facts',
  ],
  ['g4f --web "what does https://nodejs.org/en say is new?"', 'lets the model read pages of the web'],
  ['g4f --tool weather.mjs "how warm is it in Oslo?"', 'gives it tools of a module of yours'],
  [
    'g4f --mcp "npx -y @modelcontextprotocol/server-filesystem ." "which of these files is the largest?"',
    'and those of an MCP server, which is asked about before it changes something',
  ],
  ['g4f --timeout 60 "prove it"', 'gives up after a minute'],
  [
    'g4f -m gpt-5.4 --max-cost 0.05 --tool weather.mjs "compare the weather of ten cities"',
    'asks no further once five cents would be passed',
  ],
  ['g4f ask "log"', 'asks what is the name of a command'],
] as const;

/** Adds what a question takes. */
export const define = (command: Command): void => {
  withToolOptions(withQuestionOptions(command.argument('[question...]', 'the question')))
    .option('-c, --continue', 'goes on with the last conversation')
    .option('--cid <id>', 'goes on with this conversation (see g4f log)')
    .option('-t, --template <name>', 'takes the question from a template (see g4f templates)')
    .option('--var <name=value>', 'fills the gap {{name}} of the template; repeatable', several)
    .option(
      '--schema <form>',
      'answers in JSON of this form: a .json file with a JSON Schema, or fields as in "name, age int"',
    )
    .option('--emulate', 'with --schema: asks for the form in words, for services that take no JSON Schema')
    .option('--json', 'prints the answer and its facts as JSON')
    .option('--raw', 'shows Markdown as the model wrote it')
    .option('-q, --quiet', 'prints nothing but the answer, and errors')
    .action(async (words: readonly string[], options: AskOptions, asked: Command) => {
      const { ask } = await import('./ask-question.ts');
      await ask(words, options, asked);
    });
};
