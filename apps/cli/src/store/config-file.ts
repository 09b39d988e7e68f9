// The configuration of the command: a YAML file with few fields, each checked.
import { join } from 'node:path';
import type { BackendRow } from '@g4f/providers/registry';
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { configFolder } from './folders.ts';
import { readText, writePrivate } from './private-file.ts';

/** What a person may settle for all questions. */
export interface Config {
  readonly model?: string;
  readonly provider?: string;
  readonly system?: string;
  /** What stands in where no candidate can answer; see the client's option `fallback`. */
  readonly fallback?: string;
  /** Parameters of each question (`temperature: 0`). */
  readonly options?: Readonly<Record<string, unknown>>;
  /** False: questions and answers are not written to the log. */
  readonly log?: boolean;
  /** Providers of one's own; see the client's option `backends`, which checks the rest. */
  readonly backends?: readonly BackendRow[];
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each field, what it must be, and whether a value is that. */
const FIELDS: Readonly<Record<keyof Config, readonly [expected: string, fits: (value: unknown) => boolean]>> =
  {
    model: ['a text', isText],
    provider: ['a text', isText],
    system: ['a text', isText],
    fallback: ['a text', isText],
    options: ['an object', isObject],
    log: ['true or false', (value) => typeof value === 'boolean'],
    backends: ['a list of objects', (value) => Array.isArray(value) && value.every(isObject)],
  };

/** The names of the fields. */
export const CONFIG_FIELDS: readonly string[] = Object.keys(FIELDS);

/** Where the configuration is. */
export const configPath = (): string => join(configFolder(), 'config.yaml');

/**
 * The configuration; an empty one where there is no file.
 * @throws UsageError that names the file, the line or the field, and what it must be.
 */
export const readConfig = async (): Promise<Config> => {
  const path = configPath();
  const text = readText(path);
  if (text === undefined || text.trim() === '') return {};
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    const line = mistake.linePos?.[0].line;
    const [what = ''] = mistake.message.split('\n');
    throw new UsageError(`${path}${line === undefined ? '' : `, line ${line}`}: ${what}`);
  }
  const given: unknown = document.toJS({ maxAliasCount: 10 });
  if (given === null || given === undefined) return {};
  checkConfig(given, path);
  return given;
};

function checkConfig(given: unknown, path: string): asserts given is Config {
  if (!isObject(given)) throw new UsageError(`${path} must hold fields, as in "model: gpt-5.4"`);
  for (const [name, value] of Object.entries(given)) checkField(name, value, path);
}

function checkField(name: string, value: unknown, where: string): void {
  const field = Object.entries(FIELDS).find(([known]) => known === name)?.[1];
  if (field === undefined)
    throw new UsageError(`${where}: there is no "${name}". Known are ${CONFIG_FIELDS.join(', ')}`);
  if (!field[1](value)) throw new UsageError(`${where}: "${name}" must be ${field[0]}`);
}

/** @throws UsageError for a row that the client would refuse. */
async function checkRows(rows: unknown): Promise<void> {
  const { readBackendRow } = await import('@g4f/providers/registry');
  for (const [at, row] of [rows].flat().entries()) {
    try {
      readBackendRow(row, `backends[${at}]`);
    } catch (error) {
      throw new UsageError(`config: ${messageOf(error)}`);
    }
  }
}

/**
 * Sets one field, or removes it where `value` is undefined; comments of the file stay.
 * @throws UsageError for a field that there is not, or a value that is not what it must be.
 */
export const setConfig = async (name: string, value: string | undefined): Promise<void> => {
  const path = configPath();
  const config = await readConfig();
  if (!CONFIG_FIELDS.includes(name))
    throw new UsageError(`there is no "${name}". Known are ${CONFIG_FIELDS.join(', ')}`);
  // A file without fields holds no document that one could be taken out of.
  if (value === undefined && !Object.hasOwn(config, name)) return;
  const { parse, parseDocument } = await import('yaml');
  const document = parseDocument(readText(path) ?? '');
  if (value === undefined) document.delete(name);
  else {
    let read: unknown = value;
    if (!['model', 'provider', 'system', 'fallback'].includes(name)) {
      try {
        read = parse(value);
      } catch {
        throw new UsageError(`${name}: the value is not valid YAML`);
      }
    }
    checkField(name, read, 'config');
    if (name === 'backends') await checkRows(read);
    document.set(name, read);
  }
  const isEmpty = document.contents === null || Object.keys(document.toJS() ?? {}).length === 0;
  writePrivate(path, isEmpty ? '' : document.toString());
};
