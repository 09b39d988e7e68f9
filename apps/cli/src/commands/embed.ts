// Vectors of texts: printed, or kept in a collection for `g4f similar`.
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { several } from '../asking/question-options.ts';
import { USUAL_EMBEDDING_MODEL, vectorsOf } from '../asking/vectors.ts';
import { readFileBytes, readStandardInput } from '../context/read-source.ts';
import { sniff } from '../context/sniff.ts';
import { UsageError } from '../failure/usage-error.ts';
import { type CollectionItem, openCollections } from '../store/collection-store.ts';
import { note, out, outJson } from '../terminal/output.ts';

interface EmbedOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly file?: readonly string[];
  readonly collection?: string;
}

/** Lines to try. */
export const examples = [
  ['g4f embed -m text-embedding-3-small "The sky is blue."', 'prints the vector as JSON'],
  [
    'g4f embed -m text-embedding-3-small --collection notes -f notes.md',
    'keeps each paragraph of a file in a collection',
  ],
  ['g4f similar --collection notes "what is missing?"', 'finds the nearest ones'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .argument('[texts...]', 'the texts; without any, each line of standard input')
    .option('-m, --model <name>', `the model; ${USUAL_EMBEDDING_MODEL}, on this machine, unless given`)
    .option('-p, --provider <id>', 'the service that is asked (see g4f providers)')
    .option('-f, --file <file>', 'a file of text, each paragraph of which is one; repeatable', several)
    .option('--collection <name>', 'keeps them, in place of printing')
    .action(embed);
};

async function embed(texts: readonly string[], options: EmbedOptions): Promise<void> {
  const items = await itemsOf(texts, options.file ?? []);
  if (items.length === 0)
    throw new UsageError('there is no text: write some, name a file with -f, or pipe lines in');
  const { model = USUAL_EMBEDDING_MODEL, provider, collection } = options;
  const { client } = await openClient();
  const made = await vectorsOf(
    client,
    items.map(({ text }) => text),
    { model, provider },
  );
  client.close();
  if (collection === undefined) {
    const vectors = items.map(({ text }, at) => ({ text, embedding: made.vectors[at] }));
    return items.length === 1
      ? outJson(made.vectors[0])
      : out(vectors.map((one) => `${JSON.stringify(one)}\n`).join(''));
  }
  const store = await openCollections();
  try {
    store.add(collection, { model, provider: provider ?? null }, items, made.vectors);
  } finally {
    store.close();
  }
  note(`${items.length} texts are kept in "${collection}" (${made.provider}:${made.model}).`);
}

async function itemsOf(
  texts: readonly string[],
  files: readonly string[],
): Promise<readonly CollectionItem[]> {
  const items: CollectionItem[] = texts.map((text) => ({ id: text, text }));
  for (const file of files) {
    const text = textOf(file, await readFileBytes(file));
    const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
    for (const [at, paragraph] of paragraphs.entries())
      if (paragraph !== '') items.push({ id: `${file}#${at + 1}`, text: paragraph });
  }
  if (items.length > 0 || process.stdin.isTTY === true) return items;
  const lines = textOf('standard input', await readStandardInput()).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((text) => ({ id: text, text }));
}

function textOf(name: string, bytes: Buffer): string {
  if (sniff(bytes).kind === 'text') return bytes.toString('utf8');
  throw new UsageError(`${name} is no text`);
}
