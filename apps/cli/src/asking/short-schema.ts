// The form of an answer: a JSON Schema of a file, or a few names with their types (`name, age int`).
import { UsageError } from '../failure/usage-error.ts';
import { readText } from '../store/private-file.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, JsonSchema>> = {
  text: { type: 'string' },
  str: { type: 'string' },
  string: { type: 'string' },
  int: { type: 'integer' },
  integer: { type: 'integer' },
  float: { type: 'number' },
  number: { type: 'number' },
  bool: { type: 'boolean' },
  boolean: { type: 'boolean' },
};

/**
 * The schema that is meant: inline JSON, the short form, or a file.
 * @throws UsageError for what is none of them.
 */
export const readSchema = (given: string): JsonSchema => {
  if (given.trimStart().startsWith('{')) return parseSchema(given, '--schema');
  if (/\.json$/i.test(given)) {
    const text = readText(given);
    if (text === undefined) throw new UsageError(`--schema ${given}: there is no such file`);
    return parseSchema(text, given);
  }
  return shortForm(given);
};

function parseSchema(text: string, where: string): JsonSchema {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    throw new UsageError(`${where} is not valid JSON`);
  }
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new UsageError(`${where} must hold a JSON Schema, which is an object`);
  return { ...schema };
}

/** `name, age int, tags text[]`: a field is a text unless a type follows it. */
function shortForm(given: string): JsonSchema {
  const fields = given.split(',').map((field): readonly [string, JsonSchema] => {
    const [name = '', type = 'text', ...rest] = field.trim().split(/\s+/);
    const isList = type.endsWith('[]');
    const known = Object.hasOwn(TYPES, type.replace('[]', '')) ? TYPES[type.replace('[]', '')] : undefined;
    if (!/^[A-Za-z_]\w*$/.test(name) || known === undefined || rest.length > 0)
      throw new UsageError(
        `--schema: cannot read "${field.trim()}". Write names with types (text, int, number, bool, text[]), as in "name, age int", or the name of a .json file`,
      );
    return [name, isList ? { type: 'array', items: known } : known];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name),
    additionalProperties: false,
  };
}
