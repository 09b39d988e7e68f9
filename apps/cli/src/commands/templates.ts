// Templates: questions with gaps, kept under a name.
import type { Command } from 'commander';
import { several } from '../asking/question-options.ts';
import { UsageError } from '../failure/usage-error.ts';
import { readText } from '../store/private-file.ts';
import {
  readTemplate,
  removeTemplate,
  templateNames,
  templatePath,
  writeTemplate,
} from '../store/templates.ts';
import { note, out, outJson } from '../terminal/output.ts';

interface SetOptions {
  readonly prompt?: string;
  readonly system?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly default?: readonly string[];
}

/** Lines to try. */
export const examples = [
  [
    'g4f templates set translate --prompt "Translate into {{language}}: {{input}}" --default language=French',
    'keeps a question with gaps',
  ],
  ['g4f -t translate "good morning"', 'asks by it: the words fill {{input}}'],
  ['g4f -t translate --var language=Latin "good morning"', 'fills another gap'],
  ['g4f templates list', 'prints the names'],
  ['g4f templates show translate', 'prints one'],
  ['g4f templates rm translate', 'deletes one'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command.command('list').description('prints the names').option('--json', 'as JSON').action(list);
  command.command('show').description('prints a template').argument('<name>').action(show);
  command
    .command('set')
    .description('keeps a template')
    .argument('<name>', 'letters, digits, - and _')
    .option('--prompt <text>', 'the question; {{input}} and {{name}} are gaps')
    .option('-s, --system <text>', 'the system message: how the model is to answer')
    .option('-m, --model <name>', 'the model')
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('--default <name=value>', 'the value of a gap that --var does not fill; repeatable', several)
    .action(set);
  command.command('rm').description('deletes a template').argument('<name>').action(removeTemplate);
  command
    .command('path')
    .description('prints the file of a template, to edit it')
    .argument('<name>')
    .action((name: string) => out(`${templatePath(name)}\n`));
};

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const names = templateNames();
  if (json) return outJson(names);
  if (names.length === 0) return note('there is no template yet: "g4f templates set" makes one.');
  await out(names.map((name) => `${name}\n`).join(''));
}

async function show(name: string): Promise<void> {
  await readTemplate(name);
  await out(readText(templatePath(name)) ?? '');
}

async function set(
  name: string,
  { prompt, system, model, provider, default: given = [] }: SetOptions,
): Promise<void> {
  if (prompt === undefined && system === undefined)
    throw new UsageError('a template needs --prompt or --system');
  const defaults = given.map((text): readonly [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--default ${text}: write name=value`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  await writeTemplate(name, {
    ...(prompt !== undefined && { prompt }),
    ...(system !== undefined && { system }),
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    ...(defaults.length > 0 && { defaults: Object.fromEntries(defaults) }),
  });
}
