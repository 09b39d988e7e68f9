// The configuration: what is settled for all questions.
import type { Command } from 'commander';
import { allProviders, providerNamed } from '../asking/providers.ts';
import { UsageError } from '../failure/usage-error.ts';
import { CONFIG_FIELDS, configPath, readConfig, setConfig } from '../store/config-file.ts';
import { out, outJson } from '../terminal/output.ts';

/** Lines to try. */
export const examples = [
  ['g4f config set model gpt-5.4', 'settles the model of all questions'],
  ['g4f config set options "{ temperature: 0 }"', 'and their parameters'],
  ['g4f config show', 'prints all that is settled'],
  ['g4f config unset options', 'takes it back'],
  ['g4f config path', 'prints where the file is'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  const fields = CONFIG_FIELDS.join(', ');
  command.command('show').description('prints all that is settled').option('--json', 'as JSON').action(show);
  command.command('get').description('prints one field').argument('<field>', fields).action(get);
  command
    .command('set')
    .description('sets one field')
    .argument('<field>', fields)
    .argument('<value>', 'a text; for other fields YAML')
    .action(set);
  command
    .command('unset')
    .description('removes one field')
    .argument('<field>', fields)
    .action((field: string) => setConfig(field, undefined));
  command
    .command('path')
    .description('prints where the file is')
    .action(() => out(`${configPath()}\n`));
};

/** @throws UsageError for a value that is not what it must be, and for a provider that there is not */
async function set(field: string, value: string): Promise<void> {
  const isNamed = (field === 'provider' || field === 'fallback') && value !== '';
  // A fallback may name its model as well: `groq:llama-3.3-70b`.
  if (isNamed) {
    const id = field === 'fallback' ? value.replace(/:.*/s, '') : value;
    providerNamed(await allProviders(await readConfig()), id);
  }
  await setConfig(field, value);
}

async function show({ json }: { readonly json?: boolean }): Promise<void> {
  const config = await readConfig();
  if (json) return outJson(config);
  const { stringify } = await import('yaml');
  if (Object.keys(config).length > 0) await out(stringify(config));
}

async function get(field: string): Promise<void> {
  if (!CONFIG_FIELDS.includes(field))
    throw new UsageError(`there is no "${field}". Known are ${CONFIG_FIELDS.join(', ')}`);
  const value: unknown = Reflect.get(await readConfig(), field);
  if (value === undefined) throw new UsageError(`${field} is not set`);
  await (typeof value === 'string' ? out(`${value}\n`) : outJson(value));
}
