// A chat in the terminal, or with the lines of a pipe as its messages.
import type { Command } from 'commander';
import { conversationOf } from '../asking/conversation.ts';
import { modelFor } from '../asking/model-for.ts';
import { openClient } from '../asking/open-client.ts';
import { allProviders } from '../asking/providers.ts';
import { messagesOf, systemOf } from '../asking/question.ts';
import { type QuestionOptions, readParameters, withQuestionOptions } from '../asking/question-options.ts';
import { withToolOptions } from '../asking/tool-options.ts';
import { createCompleter } from '../chatting/completer.ts';
import { type LineSource, pipedLines, TypedLines } from '../chatting/line-source.ts';
import { Session } from '../chatting/session.ts';
import { SLASH_COMMANDS, type SlashResult } from '../chatting/slash-commands.ts';
import { attach } from '../context/attach.ts';
import { EXIT, exitCodeOf, messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { newConversationId } from '../store/conversation-id.ts';
import { nearest } from '../terminal/nearest.ts';
import { complain, note, out } from '../terminal/output.ts';
import { openToolbox } from '../tools/open-toolbox.ts';
import type { ToolOptions } from '../tools/toolbox.ts';

interface ChatOptions extends QuestionOptions, ToolOptions {
  readonly continue?: boolean;
  readonly cid?: string;
  readonly raw?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f chat', 'talks with the usual model; /help lists what can be done inside'],
  ['g4f chat -m gpt-5.4 -s "You are a pirate."', 'with another one'],
  ['g4f chat -c', 'goes on with the last conversation'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  withToolOptions(withQuestionOptions(command))
    .option('-c, --continue', 'goes on with the last conversation')
    .option('--cid <id>', 'goes on with this conversation (see g4f log)')
    .option('--raw', 'shows Markdown as the model wrote it')
    .action(chat);
};

async function chat(options: ChatOptions): Promise<void> {
  const parameters = readParameters(options.option);
  const { client, config, env } = await openClient(options.maxCost);
  const before = await conversationOf(options);
  const { model, provider } = await modelFor(options, config, env, before.at(-1));
  const [above] = systemOf(options.system ?? (before.length === 0 ? config.system : undefined), before);
  const isLogged = options.log !== false && config.log !== false;
  const tools = await openToolbox(options);
  const session = new Session({
    ...{ client, model, provider, isLogged, raw: options.raw === true, tools },
    system: typeof above?.content === 'string' ? above.content : undefined,
    messages: messagesOf(before),
    parameters: { ...config.options, ...parameters },
    cid: before[0]?.cid ?? newConversationId(),
    timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
  });
  try {
    for (const file of options.file ?? []) session.attached = [...session.attached, ...(await attach(file))];
    await talk(session, config, isLogged);
  } finally {
    await tools.close();
    client.close();
  }
}

async function talk(
  session: Session,
  config: Parameters<typeof allProviders>[0],
  isLogged: boolean,
): Promise<void> {
  const isTyped = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = isTyped ? await typedLines(config, isLogged) : pipedLines();
  if (isTyped)
    note(`${session.model} answers. /help lists what can be done, Ctrl-C stops an answer, Ctrl-D ends.`);
  try {
    await converse(session, lines, isTyped);
  } finally {
    lines.close();
  }
}

async function typedLines(config: Parameters<typeof allProviders>[0], isKept: boolean): Promise<LineSource> {
  const providers = [...(await allProviders(config)).values()];
  const models = new Set(providers.flatMap(({ models: offered }) => Object.keys(offered)));
  return new TypedLines(createCompleter([...models].sort()), isKept);
}

/** Until the lines end. A failure at a terminal is told, and the chat goes on; the exit code of a pipe is that of the last one. */
async function converse(session: Session, lines: LineSource, isTyped: boolean): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (line === undefined) {
      if (isTyped) await out('\n');
      return;
    }
    try {
      if ((await lines.whileAnswering(() => say(session, line))) === 'end') return;
      process.exitCode = EXIT.ok;
    } catch (error) {
      const code = exitCodeOf(error);
      if (code === EXIT.interrupted) note('stopped.');
      else complain(messageOf(error));
      if (!isTyped) process.exitCode = code;
      if (!isTyped && code === EXIT.interrupted) return;
    }
  }
}

async function say(session: Session, line: string): Promise<'end' | undefined> {
  const text = line.trim();
  if (text === '') return undefined;
  const result = text.startsWith('/') && !text.includes('\n') ? await carryOut(session, text) : { ask: text };
  if (result === 'end') return 'end';
  if (result !== undefined) await session.ask(result.ask);
  return undefined;
}

async function carryOut(session: Session, text: string): Promise<SlashResult> {
  const [name = ''] = text.slice(1).split(' ');
  const command = Object.hasOwn(SLASH_COMMANDS, name) ? SLASH_COMMANDS[name] : undefined;
  if (command !== undefined) return command.run(session, text.slice(name.length + 1).trim());
  const near = nearest(name, Object.keys(SLASH_COMMANDS));
  throw new UsageError(
    `there is no /${name}${near === undefined ? '' : `; did you mean /${near}?`} /help lists what there is`,
  );
}
