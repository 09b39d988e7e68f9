// The models that run on this machine: their weights are fetched, listed and removed.
import { rmSync } from 'node:fs';
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { UsageError } from '../failure/usage-error.ts';
import { MODELS, weightsFolder, weightsOf } from '../store/weights.ts';
import { note, out, outJson } from '../terminal/output.ts';
import { tableOf } from '../terminal/table.ts';

/** Lines to try. */
export const examples = [
  ['g4f local list', 'says which of them are on this machine'],
  ['g4f local pull smollm2-135m', 'fetches one, and tries it'],
  ['g4f local rm smollm2-135m', 'deletes its files'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  const names = Object.keys(MODELS).join(' or ');
  command
    .command('list')
    .description('says which are on this machine')
    .option('--json', 'as JSON')
    .action(list);
  command.command('pull').description('fetches one, and tries it').argument('<model>', names).action(pull);
  command.command('rm').description('deletes its files').argument('<model>', names).action(remove);
};

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const found = Object.keys(MODELS).map((model) => {
    const files = weightsOf(model);
    return {
      model,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      files: files.map(({ path }) => path),
    };
  });
  if (json) return outJson(found);
  await out(
    tableOf(
      found.map(({ model, bytes }) => [model, bytes === 0 ? 'not fetched' : `${Math.round(bytes / 1e6)} MB`]),
    ),
  );
}

async function pull(model: string): Promise<void> {
  weightsOf(model);
  const { client } = await openClient();
  // Its first call fetches what is missing, and shows the progress.
  if (model === 'smollm2-135m')
    await client.chat.completions.create({ model, provider: 'local', messages: 'Hi', max_tokens: 1 });
  else await client.embeddings.create({ model, provider: 'local', input: 'Hi' });
  client.close();
  note(`${model} answers.`);
}

async function remove(model: string): Promise<void> {
  const files = weightsOf(model);
  if (files.length === 0) throw new UsageError(`${model} is not on this machine`);
  // What an interrupted download left is a folder.
  for (const { path } of files) rmSync(path, { recursive: true });
  note(`${model} is deleted from ${weightsFolder()}.`);
}
