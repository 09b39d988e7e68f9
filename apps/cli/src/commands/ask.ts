// One question: `g4f "…"`, and `g4f ask`.
import type { Command } from 'commander';
import { answer } from '../asking/answer.ts';
import { conversationOf } from '../asking/conversation.ts';
import { modelFor } from '../asking/model-for.ts';
import { openClient } from '../asking/open-client.ts';
import { messagesOf, putTogether, systemOf } from '../asking/question.ts';
import {
  type QuestionOptions,
  readParameters,
  several,
  withQuestionOptions,
} from '../asking/question-options.ts';
import { readSchema } from '../asking/short-schema.ts';
import { HIDDEN, showAnswer } from '../asking/shown-answer.ts';
import { openToolbox, wantsTools, withToolOptions } from '../asking/tool-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { newConversationId } from '../store/log-store.ts';
import { readTemplate, type Template, withWords } from '../store/templates.ts';
import { nearest } from '../terminal/nearest.ts';
import { beQuiet, outJson } from '../terminal/output.ts';
import type { ToolOptions } from '../tools/toolbox.ts';

interface AskOptions extends QuestionOptions, ToolOptions {
  readonly json?: boolean;
  readonly schema?: string;
  readonly emulate?: boolean;
  readonly continue?: boolean;
  readonly cid?: string;
  readonly template?: string;
  readonly var?: readonly string[];
  readonly raw?: boolean;
  readonly quiet?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f "how do I undo the last commit?"', 'asks'],
  ['git diff | g4f "write a commit message"', 'asks about what is piped in'],
  ['g4f -m gpt-5.4 -s "Answer in one line." "what is a monad?"', 'names the model, and says how to answer'],
  ['g4f -f notes.md -f photo.png "what is missing in these notes?"', 'attaches files'],
  ['g4f --schema "name, age int" "invent a person"', 'wants JSON of this form'],
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
    .option('-t, --template <name>', 'asks by a template (see g4f templates)')
    .option('--var <name=value>', 'fills a gap of the template; repeatable', several)
    .option('--schema <form>', 'wants JSON: a .json file with a JSON Schema, or "name, age int"')
    .option('--emulate', 'tells the model of the form in words, for services that take no JSON Schema')
    .option('--json', 'prints the answer and its facts as JSON')
    .option('--raw', 'shows Markdown as the model wrote it')
    .option('-q, --quiet', 'prints nothing but the answer, and errors')
    .action(ask);
};

async function ask(words: readonly string[], options: AskOptions, command: Command): Promise<void> {
  if (options.quiet) beQuiet();
  const template = options.template === undefined ? {} : await readTemplate(options.template);
  const asked = await putTogether(questionOf(words.join(' '), template, options), options.file ?? []);
  if (asked === undefined) {
    if (words.length === 0) command.outputHelp({ error: true });
    throw new UsageError('there is no question');
  }
  if (asked.content === words[0]) refuseSlip(asked.content, command);
  const parameters = readParameters(options.option);
  const schema = options.schema === undefined ? undefined : readSchema(options.schema);
  if (schema !== undefined && wantsTools(options))
    throw new UsageError('--schema goes with no tools: ask with the tools first, then -c with --schema');
  const { client, config, env } = await openClient(options.maxCost);
  const before = await conversationOf(options);
  const system = options.system ?? template.system ?? (before.length === 0 ? config.system : undefined);
  const named = { model: options.model ?? template.model, provider: options.provider ?? template.provider };
  const { model, provider } = await modelFor(named, config, env, before.at(-1));
  const isJson = options.json === true;
  const tools = wantsTools(options) ? await openToolbox(options) : undefined;
  try {
    const answered = await answer(
      {
        ...{ client, model, provider, prompt: asked.prompt },
        messages: [
          ...systemOf(system, before),
          ...messagesOf(before),
          { role: 'user', content: asked.content },
        ],
        parameters: { ...config.options, ...template.options, ...parameters },
        ...(schema !== undefined && { schema, emulate: options.emulate === true }),
        ...(tools !== undefined && { tools }),
        ...(options.timeout !== undefined && { timeoutMs: options.timeout * 1000 }),
        cid: before[0]?.cid ?? options.cid ?? newConversationId(),
        isLogged: options.log !== false && config.log !== false,
      },
      isJson ? HIDDEN : showAnswer(model, options.raw === true || schema !== undefined),
    );
    if (isJson) await outJson(answered);
  } finally {
    await tools?.close();
    client.close();
  }
}

/** A word alone, without an option, that is nearly the name of a command is most likely meant as one. */
function refuseSlip(word: string, command: Command): void {
  const isAlone = Object.keys(command.opts()).every(
    (name) => command.getOptionValueSource(name) === 'default',
  );
  if (!isAlone || command.parent !== null || !/^[a-z]{4,}$/.test(word)) return;
  const near = nearest(
    word,
    command.commands.map((one) => one.name()),
  );
  if (near !== undefined)
    throw new UsageError(
      `there is no command "${word}"; did you mean "g4f ${near}"? To ask it as a question: g4f ask ${word}`,
    );
}

/** What the person wrote, in the gap of the template. */
function questionOf(
  words: string,
  { prompt, defaults }: Template,
  { template, var: given = [] }: AskOptions,
): string {
  if (template === undefined) {
    if (given.length > 0)
      throw new UsageError('--var fills the gaps of a template: name one with --template');
    return words;
  }
  if (prompt === undefined) return words;
  const values = given.map((text): readonly [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--var ${text}: write name=value`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return withWords({ prompt, ...(defaults && { defaults }) }, words, Object.fromEntries(values));
}
