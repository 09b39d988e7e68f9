// The options that every command has which asks a model.
import type { Command, Option as CommandOption } from 'commander';
import { UsageError } from '../failure/usage-error.ts';
import { InvalidArgumentError, Option } from '../terminal/commander.ts';

/** How a question is asked, as it was written. */
export interface QuestionOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly system?: string;
  readonly option?: readonly string[];
  readonly file?: readonly string[];
  readonly timeout?: number;
  readonly maxCost?: number;
  readonly log?: boolean;
}

/** Gathers what is given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** A number above 0. @throws InvalidArgumentError for anything else. */
export const positive = (value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
};

/** A whole number above 0. @throws InvalidArgumentError for anything else. */
export const wholeNumber = (value: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
};

/** `--max-cost`. */
export const maxCostOption = (): CommandOption =>
  new Option(
    '--max-cost <dollars>',
    'asks no further once this run would cost more US dollars; for models whose price is known',
  ).argParser(positive);

/** Adds them to a command. */
export const withQuestionOptions = (command: Command): Command =>
  command
    .option('-m, --model <name>', 'the model, such as gpt-5.4 or openai:gpt-5.4 (see g4f models)')
    .option(
      '-p, --provider <id>',
      'the service that is asked (see g4f providers); without it, any that offers the model',
    )
    .option('-s, --system <text>', 'the system message: how the model is to answer')
    .option(
      '-o, --option <key=value>',
      'sets a parameter of the request (as in temperature=0); repeatable',
      several,
    )
    .option('-f, --file <source>', 'a file, folder, address or - (standard input); repeatable', several)
    .option('--timeout <seconds>', 'gives up after so long, with exit code 124', positive)
    .addOption(maxCostOption())
    .option('--no-log', 'writes nothing to the log');

/** Parameters that the command sets. */
const OWN = ['messages', 'stream'];

/** `key=value` as parameters: a value is JSON where it can be read as such, else a text. @throws UsageError. */
export const readParameters = (given: readonly string[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`-o ${text}: write key=value, as in -o temperature=0`);
      const name = text.slice(0, at).trim();
      if (name === 'model') throw new UsageError(`-o ${text}: the model is named with -m`);
      if (OWN.includes(name)) throw new UsageError(`-o ${text}: the command sets ${name} by itself`);
      return [name, readValue(text.slice(at + 1).trim())];
    }),
  );

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
