// Loads the provider files, and finds what is wrong with them before a user does.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OPERATIONS } from '@g4f/core';

/** What is known of a provider without loading it; the registry holds all but what only the documentation tells. */
export interface BackendFacts {
  readonly id: string;
  readonly name: string;
  readonly website: string;
  readonly key: string;
  readonly env?: readonly string[];
  readonly baseURLEnv?: readonly string[];
  readonly baseURL?: string;
  readonly operations: readonly string[];
  readonly models: Readonly<Record<string, string>>;
  readonly modelsFor?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly wire?: string;
  readonly costField?: string;
  readonly features?: readonly string[];
  /** Whether it can list its models. */
  readonly lists: boolean;
}

/** The providers of a folder, by id; `mistakes` has one readable line for each thing that is wrong. */
export interface BackendFolder {
  readonly backends: readonly BackendFacts[];
  readonly mistakes: readonly string[];
}

/** Reads every `.ts` file of the folder. */
export const readBackends = async (folder: string): Promise<BackendFolder> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const backends: BackendFacts[] = [];
  const mistakes: string[] = [];
  for (const file of files) {
    const [facts, found] = await readBackend(join(folder, file), file.replace(/\.ts$/, ''));
    if (facts !== undefined) backends.push(facts);
    mistakes.push(...found.map((mistake) => `backends/${file}: ${mistake}`));
  }
  return { backends, mistakes };
};

async function readBackend(path: string, stem: string): Promise<[BackendFacts | undefined, string[]]> {
  const mistakes = mistakesInText(await readFile(path, 'utf8'));
  let exported: unknown;
  try {
    ({ default: exported } = await import(/* @vite-ignore */ pathToFileURL(path).href));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return [undefined, [...mistakes, `cannot be loaded: ${why}`]];
  }
  if (typeof exported !== 'object' || exported === null) {
    return [
      undefined,
      [...mistakes, 'has no default export. Export what openaiCompatible or defineProvider returns.'],
    ];
  }
  const facts = factsOf({ ...exported });
  mistakes.push(...mistakesInFacts(facts, stem));
  if (facts.operations.length === 0)
    mistakes.push(`can do nothing. Give it ${OPERATIONS.join(' or ')}, or leave it out.`);
  return [mistakes.length === 0 ? facts : undefined, mistakes];
}

function mistakesInText(text: string): string[] {
  const mistakes: string[] = [];
  const sibling = /\b(?:from|import)\s*\(?\s*['"]\.\/([\w-]+)/.exec(text)?.[1];
  if (sibling !== undefined)
    mistakes.push(`imports the provider ${sibling}. Put what they share beside backends/.`);
  if (!/^\/\/ .*(https:\/\/\S+|\n\/\/ .*https:\/\/)/.test(text)) {
    mistakes.push(
      'names no source. Begin its first comment with what it is, and the page its facts come from.',
    );
  }
  return mistakes;
}

/** The named facts and no others, in one order. The values are checked in {@link mistakesInFacts}. */
function factsOf(exported: Record<string, unknown>): BackendFacts {
  const { id, name, website, key, env, baseURLEnv, baseURL, models, modelsFor, wire, costField, features } =
    exported as unknown as BackendFacts;
  const addresses = { ...(baseURLEnv && { baseURLEnv }), ...(baseURL && { baseURL }) };
  const operations = OPERATIONS.filter((operation) => operation in exported);
  const offered = { operations, models, ...(modelsFor && { modelsFor }) };
  const always = { id, name, website, key, ...(env && { env }), ...addresses, ...offered };
  const told = { ...(wire && { wire }), ...(costField && { costField }), ...(features && { features }) };
  return { ...always, ...told, lists: 'listModels' in exported };
}

function mistakesInFacts(
  { id, name, website, baseURL, key, env, models }: BackendFacts,
  stem: string,
): string[] {
  const mistakes: string[] = [];
  if (id !== stem)
    mistakes.push(`its id is ${JSON.stringify(id)}. Name the file after the id, or correct the id.`);
  if (stem === 'index') mistakes.push('is called like the door of the package. Choose another id.');
  if (!name || name === id) mistakes.push('has no name. Give the name a person knows it by.');
  // One that is left out is the address in the finished provider.
  if (!website || !/^https:\/\//.test(website) || website === baseURL)
    mistakes.push('has no website. Give the page its facts come from.');
  if (!['none', 'optional', 'required'].includes(key))
    mistakes.push('has no key: none, optional or required.');
  if (key !== 'none' && !env?.length) mistakes.push('has no env. Name the variable that holds its key.');
  if (key === 'none' && env !== undefined) mistakes.push('has an env, though it takes no key.');
  if (typeof models !== 'object')
    mistakes.push('has no models. Give family → its own id, or an empty object.');
  return mistakes;
}
