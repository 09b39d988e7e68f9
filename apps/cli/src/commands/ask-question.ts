// What is done with a question: files, the model and the tools are found, and the answer is shown.
import type { Command } from 'commander';
import { answer } from '../asking/answer.ts';
import { conversationOf } from '../asking/conversation.ts';
import { modelFor } from '../asking/model-for.ts';
import { openClient } from '../asking/open-client.ts';
import { messagesOf, putTogether, systemOf } from '../asking/question.ts';
import { type QuestionOptions, readParameters } from '../asking/question-options.ts';
import { readSchema } from '../asking/short-schema.ts';
import { HIDDEN, showAnswer } from '../asking/shown-answer.ts';
import { wantsTools } from '../asking/tool-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { newConversationId } from '../store/conversation-id.ts';
import { readTemplate, type Template, withWords } from '../store/templates.ts';
import { nearest } from '../terminal/nearest.ts';
import { beQuiet, outJson } from '../terminal/output.ts';
import { openToolbox } from '../tools/open-toolbox.ts';
import type { ToolOptions } from '../tools/toolbox.ts';

/** What may be written besides the question. */
export interface AskOptions extends QuestionOptions, ToolOptions {
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

/** Asks, and shows the answer. @throws UsageError for what was called wrongly; G4FError where it fails. */
export const ask = async (words: readonly string[], options: AskOptions, command: Command): Promise<void> => {
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
      isJson ? HIDDEN : await showAnswer(model, options.raw === true || schema !== undefined),
    );
    if (isJson) await outJson(answered);
  } finally {
    await tools?.close();
    client.close();
  }
};

/** A word alone, without an option, that is nearly the name of a command is most likely meant as one. */
function refuseSlip(word: string, command: Command): void {
  const isAlone = Object.keys(command.opts()).every(
    (name) => command.getOptionValueSource(name) === 'default',
  );
  if (!isAlone || command.parent !== null || !/^[a-z]{3,}$/.test(word)) return;
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
