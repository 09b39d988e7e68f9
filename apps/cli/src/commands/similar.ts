// The texts of a collection that are nearest to another.
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { positive } from '../asking/question-options.ts';
import { vectorsOf } from '../asking/vectors.ts';
import { UsageError } from '../failure/usage-error.ts';
import { type CollectionStore, openCollections } from '../store/collection-store.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { tableOf } from '../terminal/table.ts';

interface SimilarOptions {
  readonly collection?: string;
  readonly last: number;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly rm?: string;
}

/** Lines to try. */
export const examples = [
  ['g4f embed -m text-embedding-3-small --collection fruit apple pear hammer', 'keeps texts'],
  ['g4f similar --collection fruit -n 2 "a plum"', 'finds the nearest two'],
  ['g4f similar --list', 'lists the collections'],
  ['g4f similar --rm fruit', 'deletes one'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('[text...]', 'what they are compared with')
    .option('--collection <name>', 'the collection, made by g4f embed')
    .option('-n, --last <count>', 'how many texts are shown, the nearest', positive, 5)
    .option('--list', 'lists the collections')
    .option('--rm <name>', 'deletes a collection')
    .option('--json', 'as JSON')
    .action(similar);
};

async function similar(words: readonly string[], options: SimilarOptions): Promise<void> {
  const store = await openCollections();
  try {
    if (options.rm !== undefined) return store.remove(options.rm);
    if (options.list) return await list(store, options.json === true);
    await find(store, words.join(' '), options);
  } finally {
    store.close();
  }
}

async function list(store: CollectionStore, json: boolean): Promise<void> {
  const collections = store.list();
  if (json) return outJson(collections);
  if (collections.length === 0)
    return note('there is no collection yet: "g4f embed --collection" makes one.');
  await out(tableOf(collections.map(({ name, model, items }) => [name, model, `${items} texts`])));
}

async function find(store: CollectionStore, text: string, options: SimilarOptions): Promise<void> {
  const { collection, last, json } = options;
  if (text === '') throw new UsageError('there is no text to compare with');
  if (collection === undefined) throw new UsageError('name a collection with --collection');
  const facts = store.facts(collection);
  if (facts === undefined) throw new UsageError(`there is no collection "${collection}"`);
  const { client } = await openClient();
  const { model, provider } = facts;
  const { vectors } = await vectorsOf(client, [text], { model, provider: provider ?? undefined });
  client.close();
  const found = store.nearest(collection, vectors[0] ?? [], Math.floor(last));
  if (json) return outJson(found);
  await out(
    tableOf(found.map(({ score, id, text: near }) => [score.toFixed(3), id === near ? '' : id, near])),
  );
}
