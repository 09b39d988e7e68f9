// The weights of the embedded models on this machine: which files there are, where @g4f/providers keeps them.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure/usage-error.ts';
import { cacheFolder } from './folders.ts';

/** The embedded models by their families, and how the names of their files begin. */
export const MODELS = {
  'smollm2-135m': 'SmolLM2-135M-Instruct',
  'all-minilm-l6-v2': 'all-MiniLM-L6-v2',
} as const;

/** Where they are. */
export const weightsFolder = (): string => join(cacheFolder(), 'models');

/** What an interrupted download left counts nothing, nor does what cannot be looked at, such as a link that leads nowhere. */
function sizeOf(path: string): number {
  try {
    const facts = statSync(path);
    return facts.isFile() ? facts.size : 0;
  } catch {
    return 0;
  }
}

/** A file, or what an interrupted download left. */
export interface OwnFile {
  readonly path: string;
  readonly bytes: number;
}

/** Those of a model. @throws UsageError for a model that is not embedded. */
export const weightsOf = (model: string): readonly OwnFile[] => {
  const begins = Object.entries(MODELS).find(([name]) => name === model)?.[1];
  if (begins === undefined)
    throw new UsageError(`there is no embedded model "${model}": ${Object.keys(MODELS).join(' or ')}`);
  const folder = weightsFolder();
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith(begins))
    .map((name) => ({ path: join(folder, name), bytes: sizeOf(join(folder, name)) }));
};
