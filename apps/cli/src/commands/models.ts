// The models that can be asked for.
import type { Model } from '@g4f/client';
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { allProviders, providerNamed } from '../asking/providers.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { tableOf } from '../terminal/table.ts';

interface ModelsOptions {
  readonly provider?: string;
  readonly live?: boolean;
  readonly usable?: boolean;
  readonly ending?: boolean;
  readonly cheapest?: boolean;
  readonly json?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f models', 'lists all families'],
  ['g4f models llama', 'those whose names have "llama" in them'],
  ['g4f models --usable', 'those that can be asked now: with a key, or without one'],
  ['g4f models --provider openai', 'asks a provider which models it has'],
  ['g4f models --cheapest --json', 'those with a known price, the cheapest first, as JSON'],
  ['g4f models --ending', 'those that their makers have ended, or will'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('[words...]', 'only those whose names have all of these in them')
    .option('-p, --provider <id>', 'those of one provider, which is asked now')
    .option('--live', 'also asks every usable provider which models it has now')
    .option('--usable', 'only what can be asked now')
    .option('--ending', 'only what its maker has ended or will')
    .option('--cheapest', 'only what has a known price, the cheapest first')
    .option('--json', 'as JSON')
    .action(models);
};

async function models(words: readonly string[], options: ModelsOptions): Promise<void> {
  const { client, config } = await openClient();
  const { provider } = options;
  if (provider !== undefined) providerNamed(await allProviders(config), provider);
  const page = await client.models.list({
    ...(options.live && { live: true }),
    ...(options.usable && { usable: true }),
    ...(provider !== undefined && { provider }),
  });
  for (const { provider: id, message } of page.errors ?? []) note(`${id} told no models: ${message}`);
  client.close();
  const found = page.data.filter((model) => isWanted(model, words, options));
  if (options.cheapest) found.sort((one, other) => priceOf(one) - priceOf(other));
  if (options.json) return outJson(found);
  if (found.length === 0) return note('no such model is known.');
  await out(
    tableOf([['model', 'providers', 'context', '$ in/out per million', 'ends'], ...found.map(rowOf)]),
  );
}

function isWanted(model: Model, words: readonly string[], { ending, cheapest }: ModelsOptions): boolean {
  const name = [model.id, ...(model.aliases ?? [])].join(' ').toLowerCase();
  if (!words.every((word) => name.includes(word.toLowerCase()))) return false;
  return (!ending || model.ended !== undefined) && (!cheapest || model.price !== undefined);
}

/** Input and output weigh the same: nobody knows how long an answer will be. */
const priceOf = ({ price }: Model): number => (price === undefined ? 0 : price.input + price.output);

const rowOf = ({ id, providers, context_length, price, ended }: Model): readonly string[] => [
  ...[id, providers.join(' '), context_length === undefined ? '' : String(context_length)],
  ...[price === undefined ? '' : `${price.input}/${price.output}`, ended ?? ''],
];
