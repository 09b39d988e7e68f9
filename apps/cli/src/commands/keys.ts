// The keys of providers: kept in the system's keychain or in a file that only its owner can read, and never printed.
import type { Command } from 'commander';
import { openClient, settledConfig } from '../asking/open-client.ts';
import { allProviders, keyVariable, providerNamed } from '../asking/providers.ts';
import { EXIT, messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { forgetKey, type KeyPlace, keepKey, keyPlaces } from '../store/kept-keys.ts';
import { keysAreOpen, keysPath } from '../store/keys-file.ts';
import { Option } from '../terminal/commander.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { readSecret } from '../terminal/secret.ts';
import { tableOf } from '../terminal/table.ts';

/** Lines to try. */
export const examples = [
  [
    'echo "$MY_KEY" | g4f keys set groq',
    'keeps the key that is piped in; at a terminal it is asked for, and not shown',
  ],
  ['echo "$MY_KEY" | g4f keys set groq --in file', 'keeps it in the file, though the system has a keychain'],
  ['g4f keys list', 'whose keys are there, and where each lies'],
  ['g4f keys test openai', 'asks the service for its models with the key'],
  ['g4f keys rm groq', 'forgets a key'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .command('set')
    .description('keeps a key, which is read from standard input or asked for')
    .argument('<provider>', 'its id, such as openai')
    .addOption(
      new Option(
        '--in <place>',
        'where: keychain, or file; without it, in the keychain of the system if it takes the key, else in the file',
      ).choices(['keychain', 'file']),
    )
    .action(set);
  command
    .command('list')
    .description('tells for whom keys are kept')
    .option('--json', 'as JSON')
    .action(list);
  command.command('rm').description('forgets a key').argument('<provider>', 'its id').action(remove);
  command
    .command('test')
    .description('asks services for their models, which costs nothing, to see whether the keys are good')
    .argument('[provider...]', 'their ids; without one, all whose keys are there')
    .action(test);
};

async function variableOf(provider: string): Promise<string> {
  const { env: [variable] = [], name } = providerNamed(await allProviders(await settledConfig()), provider);
  if (variable === undefined) throw new UsageError(`${name} takes no key`);
  return variable;
}

async function set(provider: string, { in: place }: { readonly in?: KeyPlace }): Promise<void> {
  const variable = await variableOf(provider);
  const key = (await readSecret(`Key of ${provider}: `)).trim();
  if (key === '') throw new UsageError('no key was given: pipe it in, or type it at a terminal');
  checkKey(key);
  const { at, why } = await keepKey(variable, key, place, note);
  if (why !== undefined) note(`the keychain is not used: ${why}.`);
  note(`the key of ${provider} is kept in ${at}.`);
  if (process.env[variable] !== undefined)
    note(`${variable} is set in the environment, and comes before the key that is kept.`);
}

/** The longest that is kept, in characters: tokens of accounts at Google and Azure have some thousands. */
const LONGEST_KEY = 8_192;

/** @throws UsageError for what no key is */
function checkKey(key: string): void {
  if (/\s/.test(key)) throw new UsageError('a key has no spaces and no ends of lines: give one key');
  if (/[^!-~]/.test(key)) throw new UsageError('a key is letters, digits and signs of ASCII alone');
  if (/^["'`]|^[A-Z][A-Z0-9_]*=/.test(key))
    throw new UsageError('a key is given alone, without quotes and without the name of a variable before it');
  if (key.length > LONGEST_KEY) throw new UsageError(`a key has at most ${LONGEST_KEY} characters`);
}

async function remove(provider: string): Promise<void> {
  const variable = await variableOf(provider);
  if (!(await forgetKey(variable, note))) throw new UsageError(`no key of ${provider} is kept`);
  note(`the key of ${provider} is forgotten.`);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const places = keyPlaces();
  if (keysAreOpen()) note(`others can read ${keysPath()}: run "chmod 600" on it.`);
  const entries = [...(await allProviders(await settledConfig())).values()];
  const env = { ...Object.fromEntries(places), ...process.env };
  const found = entries.flatMap((entry) => {
    const variable = keyVariable(entry, env);
    if (variable === undefined) return [];
    return [
      { provider: entry.id, variable, from: process.env[variable] ? 'environment' : places.get(variable) },
    ];
  });
  if (json) return outJson(found);
  if (found.length === 0) return note('no key is kept, and none is in the environment.');
  await out(tableOf(found.map(({ provider, variable, from = '' }) => [provider, variable, from])));
}

async function test(ids: readonly string[]): Promise<void> {
  const { client, config, env } = await openClient();
  const providers = await allProviders(config);
  const asked =
    ids.length > 0
      ? ids.map((id) => providerNamed(providers, id))
      : [...providers.values()].filter((entry) => keyVariable(entry, env) !== undefined);
  if (asked.length === 0) throw new UsageError('no key is there: "g4f keys set <provider>" keeps one');
  for (const { id } of asked) {
    try {
      const { data } = await client.models.list({ provider: id, refresh: true, timeout: 20_000 });
      await out(tableOf([[id, `ok, ${data.length} models`]]));
    } catch (error) {
      process.exitCode = EXIT.failure;
      await out(tableOf([[id, messageOf(error)]]));
    }
  }
  client.close();
}
