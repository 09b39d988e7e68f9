// A file of configuration → what it says, checked.
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LIMITS } from '@g4f/core';
import { notAFile, notPermitted } from '@g4f/core/internal';
import { asObject } from '../json/json.ts';
import { type Config, configSchema } from './config-schema.ts';
import { idProblems } from './id-problems.ts';
import { configJsonSchema } from './json-schema.ts';
import { configError, type NamesAt, problemsOf, written } from './problems.ts';
import { type Environment, readSource, type SourceText } from './source-text.ts';

/** Files that are code. */
const MODULES: ReadonlySet<string> = new Set(['.ts', '.mts', '.js', '.mjs']);

/**
 * Reads and checks it.
 * @param file as people write it: errors name it so.
 * @throws G4FError `invalid-request` with a line for everything that is wrong: file, line, column, path, and the nearest name
 */
export const readConfig = async (file: string, env: Environment): Promise<Config> => {
  const size = await sizeOf(file);
  const source = MODULES.has(extname(file)) ? await fromModule(file) : await fromText(file, size, env);
  const checked = configSchema.safeParse(source.value ?? {});
  const problems = checked.success ? idProblems(checked.data) : problemsOf(checked.error.issues, [], namesAt);
  if (checked.success && problems.length === 0) return checked.data;
  throw configError(problems.map(source.told));
};

/** A pipe or a device has no end, and its size says nothing: code, too, is not read from one. */
async function sizeOf(file: string): Promise<number> {
  try {
    const info = await stat(file);
    const what = notAFile(info);
    if (what !== undefined) throw new Error(`it is ${what}, and must be a file`);
    return info.size;
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, error: unknown): Error =>
  configError([`${file}: cannot be read: ${whyOf(error)}.`]);

async function fromText(file: string, size: number, env: Environment): Promise<SourceText> {
  let text: string;
  try {
    if (size > LIMITS.configurationBytes)
      throw new Error(`it has more than ${LIMITS.configurationBytes} bytes`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  return readSource(text, file, env);
}

/** Code has the environment itself, and no lines that would be known. */
async function fromModule(file: string): Promise<SourceText> {
  const told: SourceText['told'] = ({ path, message }) => `${file}: ${written(path)}: ${message}`;
  const value = await importModule(file);
  if (asObject(value) === undefined)
    throw configError([`${file}: must export the configuration as its default.`]);
  return { value, told };
}

async function importModule(file: string): Promise<unknown> {
  const path = resolve(file);
  const jiti = /\.m?ts$/.test(file) ? await loadJiti() : undefined;
  try {
    if (jiti !== undefined)
      return await jiti
        .createJiti(path, { moduleCache: false, fsCache: false })
        .import(path, { default: true });
    // Another address each time, because a module is kept under its own.
    const address = `${pathToFileURL(path).href}?read=${Date.now()}`;
    const module: { readonly default?: unknown } = await import(address);
    return module.default;
  } catch (error) {
    const hint =
      /\.m?ts$/.test(file) && jiti === undefined
        ? ' Install jiti, which reads TypeScript: npm install jiti.'
        : '';
    throw configError([`${file}: cannot be loaded: ${whyOf(error)}.${hint}`]);
  }
}

async function loadJiti(): Promise<typeof import('jiti') | undefined> {
  try {
    return await import('jiti');
  } catch {
    return undefined;
  }
}

const whyOf = (error: unknown): string =>
  notPermitted(error) ??
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ??
  '';

/** The names of a section, as the schema has them; an item of a list or of named things is like every other. */
const namesAt: NamesAt = (path) => {
  let schemas: readonly unknown[] = [configJsonSchema()];
  for (const part of path)
    schemas = schemas.flatMap((schema) => {
      const { properties, additionalProperties, items } = asObject(schema) ?? {};
      const own = asObject(properties)?.[String(part)];
      return branches(typeof part === 'number' ? items : (own ?? additionalProperties));
    });
  return schemas.flatMap((schema) => Object.keys(asObject(asObject(schema)?.properties) ?? {}));
};

/** A schema, or those of which it is one. */
function branches(schema: unknown): readonly unknown[] {
  const { anyOf } = asObject(schema) ?? {};
  return Array.isArray(anyOf) ? anyOf.flatMap(branches) : [schema];
}
