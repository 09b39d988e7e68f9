// Templates: questions with gaps, one YAML file each.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure/usage-error.ts';
import { configFolder } from './folders.ts';
import { readText, writePrivate } from './private-file.ts';

/** A question with gaps: `{{name}}` for a variable, `{{input}}` for what the person asks. */
export interface Template {
  readonly prompt?: string;
  readonly system?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Values of variables that the person does not give. */
  readonly defaults?: Readonly<Record<string, string>>;
}

const FIELDS: readonly string[] = ['prompt', 'system', 'model', 'provider', 'options', 'defaults'];
const NAME = /^[\w-]{1,64}$/;
const GAP = /\{\{ ?(\w{1,64}) ?\}\}/g;

/** Where templates are. */
const templatesFolder = (): string => join(configFolder(), 'templates');

/** The file of a template. @throws UsageError for a name that is none. */
export const templatePath = (name: string): string => {
  if (!NAME.test(name))
    throw new UsageError(`"${name}" is no name of a template: use letters, digits, - and _`);
  return join(templatesFolder(), `${name}.yaml`);
};

/** The names of all, sorted. */
export const templateNames = (): readonly string[] => {
  try {
    const files = readdirSync(templatesFolder()).filter((file) => file.endsWith('.yaml'));
    return files.map((file) => file.slice(0, -'.yaml'.length)).sort();
  } catch {
    return [];
  }
};

/** The template. @throws UsageError where there is none, or it is not what it must be. */
export const readTemplate = async (name: string): Promise<Template> => {
  const path = templatePath(name);
  const text = readText(path);
  if (text === undefined) {
    const names = templateNames();
    const known = names.length === 0 ? 'There is none yet' : `There are ${names.join(', ')}`;
    throw new UsageError(`there is no template "${name}". ${known}; "g4f templates set" makes one`);
  }
  const { parse } = await import('yaml');
  let given: unknown;
  try {
    given = parse(text, { maxAliasCount: 10 });
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
  checkTemplate(given, path);
  return given;
};

function checkTemplate(given: unknown, path: string): asserts given is Template {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UsageError(`${path} must hold fields, as in "prompt: Translate: {{input}}"`);
  for (const [name, value] of Object.entries(given)) {
    if (!FIELDS.includes(name))
      throw new UsageError(`${path}: there is no "${name}". Known are ${FIELDS.join(', ')}`);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const wantsObject = name === 'options' || name === 'defaults';
    if (wantsObject ? !isObject : typeof value !== 'string')
      throw new UsageError(`${path}: "${name}" must be ${wantsObject ? 'an object' : 'a text'}`);
  }
}

/** Writes a template. */
export const writeTemplate = async (name: string, template: Template): Promise<void> => {
  const path = templatePath(name);
  const { stringify } = await import('yaml');
  writePrivate(path, stringify(template));
};

/** Deletes it. @throws UsageError where there is none. */
export const removeTemplate = (name: string): void => {
  if (!templateNames().includes(name)) throw new UsageError(`there is no template "${name}"`);
  rmSync(templatePath(name));
};

/** The names of the gaps of a text, each once. */
export const gapsOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(GAP)].map(([, name = '']) => name)),
];

/**
 * The text with its gaps filled.
 * @throws UsageError that names the variables without a value.
 */
const fillGaps = (text: string, values: Readonly<Record<string, string>>): string => {
  const missing = gapsOf(text).filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0)
    throw new UsageError(`the template needs ${missing.join(', ')}: give each with --var ${missing[0]}=…`);
  return text.replace(GAP, (_, name: string) => values[name] ?? '');
};

/** The template with its gaps filled and the words of the person in the gap `input`, or else after it. @throws UsageError as `fillGaps` */
export const withWords = (
  { prompt = '', defaults }: Pick<Template, 'prompt' | 'defaults'>,
  words: string,
  given: Readonly<Record<string, string>>,
): string => {
  const filled = fillGaps(prompt, { ...defaults, input: words, ...given });
  const takesInput = gapsOf(prompt).includes('input');
  return takesInput || words === '' ? filled : `${filled}\n\n${words}`;
};
