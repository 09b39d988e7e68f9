// The providers: what each can do, and whether its key is there.
import type { RegistryEntry } from '@g4f/providers/registry';
import type { Command } from 'commander';
import { settledConfig } from '../asking/open-client.ts';
import { allProviders, keyVariable } from '../asking/providers.ts';
import { keyPlaces } from '../store/kept-keys.ts';
import { out, outJson } from '../terminal/output.ts';
import { tableOf } from '../terminal/table.ts';

interface ProvidersOptions {
  readonly usable?: boolean;
  readonly operation?: string;
  readonly json?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f providers', 'lists all'],
  ['g4f providers --usable', 'those whose key is there, or that need none'],
  ['g4f providers --operation image --json', 'those that draw images, as JSON'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('--usable', 'only those whose key is there, or that need none')
    .option(
      '--operation <name>',
      'only those that have it: chat, embed, image, speech, transcribe, moderate, …',
    )
    .option('--json', 'as JSON')
    .action(providers);
};

async function providers({ usable, operation, json }: ProvidersOptions): Promise<void> {
  const config = await settledConfig();
  // Whether a key is there is enough: the keychain is not asked for it.
  const env = { ...Object.fromEntries(keyPlaces()), ...process.env };
  const found = [...(await allProviders(config)).values()]
    .map((entry) => ({ entry, key: keyState(entry, env) }))
    .filter(({ key }) => !usable || key !== 'missing')
    .filter(({ entry }) => operation === undefined || entry.operations.some((one) => one === operation));
  if (json)
    return outJson(
      found.map(({ entry: { id, name, website, operations, env: variables = [] }, key }) => ({
        ...{ id, name, website, operations, key, variables },
      })),
    );
  const rows = found.map(({ entry: { id, operations, env: variables = [] }, key }) => [
    ...[id, key, variables.join(' '), operations.join(' ')],
  ]);
  await out(tableOf([['provider', 'key', 'variable', 'operations'], ...rows]));
}

/** Where its key comes from: `kept` is from `g4f keys`, `set` from the environment. */
function keyState(
  entry: RegistryEntry,
  env: Readonly<Record<string, string | undefined>>,
): 'kept' | 'set' | 'none needed' | 'missing' {
  const variable = keyVariable(entry, env);
  if (variable !== undefined) return process.env[variable] ? 'set' : 'kept';
  return entry.key === 'required' && !entry.bringsKey ? 'missing' : 'none needed';
}
