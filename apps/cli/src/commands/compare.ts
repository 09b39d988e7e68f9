// One question to several models: side by side on a terminal while they answer, one after another in a pipe.
import type { AsyncClient } from '@g4f/client';
import type { Command } from 'commander';
import { type Answered, answer } from '../asking/answer.ts';
import { openClient } from '../asking/open-client.ts';
import { type PutTogether, putTogether, systemOf } from '../asking/question.ts';
import { maxCostOption, positive, readParameters, several } from '../asking/question-options.ts';
import { HIDDEN, type ShownAnswer } from '../asking/shown-answer.ts';
import { askJudge } from '../asking/verdict.ts';
import { EXIT, exitCodeOf, messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { newConversationId } from '../store/conversation-id.ts';
import { ColumnView } from '../terminal/column-view.ts';
import { isTerminal, note, out, outJson } from '../terminal/output.ts';
import { oneLine, plainText } from '../terminal/plain-text.ts';
import { painterOf } from '../terminal/style.ts';
import { tableOf } from '../terminal/table.ts';

interface CompareOptions {
  readonly model?: readonly string[];
  readonly system?: string;
  readonly option?: readonly string[];
  readonly file?: readonly string[];
  readonly timeout?: number;
  readonly maxCost?: number;
  readonly judge?: string;
  readonly log?: boolean;
  readonly json?: boolean;
}

/** What became of one model. */
interface Compared {
  readonly asked: string;
  readonly answered?: Answered;
  readonly error?: unknown;
  /** What came before it failed. */
  readonly text?: string;
  /** Whether the person stopped it. */
  readonly isStopped?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f compare -m gpt-5.4 -m openai:gpt-5.4-mini "what is a monad?"', 'asks two models'],
  [
    'g4f compare -m gpt-5.4 -m gpt-5.4-mini --judge gpt-5.4 "why is the sky blue?"',
    'and a third which answer is the best',
  ],
  ['g4f compare -m gpt-5.4 -m gpt-5.4-mini --json "say hello"', 'as JSON'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('<question...>', 'the question')
    .option('-m, --model <name>', 'a model, as in provider:id; two or more', several)
    .option('-s, --system <text>', 'the system message: how the model is to answer')
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the request (as in temperature=0); repeatable',
      several,
    )
    .option('-f, --file <source>', 'a file, folder, address or - (standard input); repeatable', several)
    .option('--timeout <seconds>', 'gives a model up after so long', positive)
    .addOption(maxCostOption())
    .option('--judge <model>', 'asks this model which answer is the best')
    .option('--no-log', 'writes nothing to the log')
    .option('--json', 'as JSON')
    .action(compare);
};

async function compare(words: readonly string[], options: CompareOptions): Promise<void> {
  const models = options.model ?? [];
  if (models.length < 2) throw new UsageError('name two models or more, each with -m');
  const question = await putTogether(words.join(' '), options.file ?? []);
  if (question === undefined) throw new UsageError('there is no question');
  const parameters = readParameters(options.option);
  const { client, config, limit } = await openClient(options.maxCost);
  for (const model of [...models, ...[options.judge ?? []].flat()]) await limit?.check(model);
  const isLogged = options.log !== false && config.log !== false;
  const view = isTerminal() && !options.json ? new ColumnView(models) : undefined;
  let compared: readonly Compared[];
  try {
    const asked = models.map((model, at) => {
      const shown = view === undefined ? HIDDEN : shownIn(view, at);
      return askOne(client, model, question, { ...options, isLogged, parameters }, shown);
    });
    compared = await Promise.all(asked);
  } finally {
    view?.close();
  }
  const failed = compared.find(({ error }) => error !== undefined)?.error;
  if (failed !== undefined)
    process.exitCode = exitCodeOf(failed) === EXIT.usage ? EXIT.failure : exitCodeOf(failed);
  if (options.json) await outJson(compared.map(asData));
  else await show(compared);
  if (options.judge !== undefined && process.exitCode !== EXIT.interrupted)
    await judge(client, options.judge, question.prompt, compared, options.json === true);
  client.close();
}

const shownIn = (view: ColumnView, at: number): ShownAnswer => ({
  write: async (piece) => view.write(at, piece),
  pause: async () => {},
  end: async () => view.write(at, '\n'),
});

async function askOne(
  client: AsyncClient,
  model: string,
  { prompt, content }: PutTogether,
  options: Pick<CompareOptions, 'system' | 'timeout'> & {
    readonly isLogged: boolean;
    readonly parameters: Readonly<Record<string, unknown>>;
  },
  shown: ShownAnswer,
): Promise<Compared> {
  const { system, timeout, isLogged, parameters } = options;
  let text = '';
  const write = (piece: string): Promise<void> => {
    text += piece;
    return shown.write(piece);
  };
  try {
    const answered = await answer(
      {
        ...{ client, model, provider: undefined, parameters, cid: newConversationId(), prompt, isLogged },
        messages: [...systemOf(system, []), { role: 'user', content }],
        ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      },
      { ...shown, write },
    );
    return { asked: model, answered };
  } catch (error) {
    const isStopped = exitCodeOf(error) === EXIT.interrupted;
    if (!isStopped) await shown.write(messageOf(error));
    return { asked: model, error, text, isStopped };
  }
}

const asData = ({ asked, answered, error, text }: Compared) =>
  answered === undefined
    ? { asked, error: messageOf(error), ...(text !== '' && { text }) }
    : { asked, ...answered, tokens_per_second: speedOf(answered) };

/** Over less than this, tokens per second say nothing. */
const LEAST_MS = 50;

/** Of the tokens after the first text; null where the service counted none, or all came at once. */
function speedOf({ usage, first_ms, total_ms }: Answered): number | null {
  if (usage === undefined || first_ms === null || total_ms - first_ms < LEAST_MS) return null;
  return Math.round((usage.completion_tokens / (total_ms - first_ms)) * 10_000) / 10;
}

/** What came, and why no more did. */
const saidBy = ({ answered, error, text = '', isStopped = false }: Compared): string => {
  if (answered !== undefined) return answered.text;
  const why = isStopped ? '(stopped)' : messageOf(error);
  return text === '' ? why : `${text}\n${why}`;
};

async function show(compared: readonly Compared[]): Promise<void> {
  const paint = painterOf(process.stdout);
  for (const one of compared) {
    const { asked } = one;
    const text = saidBy(one);
    await out(`${paint('bold', `== ${oneLine(asked)}`)}\n${isTerminal() ? plainText(text) : text}\n\n`);
  }
  const rows = compared.map(({ asked, answered, isStopped = false }) => {
    if (answered === undefined) return [asked, isStopped ? 'stopped' : 'failed'];
    const { provider, model, first_ms, usage } = answered;
    const speed = speedOf(answered);
    return [
      ...[asked, `${provider}:${model}`, first_ms === null ? '' : `${first_ms} ms`],
      ...[speed === null ? '' : `${speed}/s`, usage === undefined ? '' : String(usage.completion_tokens)],
      usage?.cost === undefined ? '' : `$${usage.cost.toPrecision(2)}`,
    ];
  });
  await out(tableOf([['model', 'answered by', 'first text', 'tokens', 'tokens in all', 'cost'], ...rows]));
}

async function judge(
  client: AsyncClient,
  model: string,
  question: string,
  compared: readonly Compared[],
  isJson: boolean,
): Promise<void> {
  const answers = compared.filter(({ answered }) => answered !== undefined);
  if (answers.length < 2) return note('fewer than two answered: there is nothing to judge.');
  const { best, reason } = await askJudge(
    client,
    model,
    question,
    answers.map(({ answered }) => answered?.text ?? ''),
  );
  const asked = best === undefined ? 'none of them' : answers[best]?.asked;
  const line = `${model} takes ${asked} for the best: ${oneLine(reason)}`;
  await (isJson ? note(line) : out(`\n${line}\n`));
}
