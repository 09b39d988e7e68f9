// What is wrong with a value by a schema of OpenAI's published document.
import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';

const lines = readFileSync(new URL('./openai-schemas.yaml', import.meta.url), 'utf8').split('\n');
const $defs: Readonly<Record<string, Schema>> = JSON.parse(
  lines.filter((line) => !line.startsWith('#')).join('\n'),
);

const validators = new Map<string, Validator>();

/** The places that do not fit, and why; nothing if the value is what the schema says. @throws Error for a schema that there is not */
export const problemsOf = (name: string, value: unknown): readonly string[] => {
  if (!Object.hasOwn($defs, name)) throw new Error(`the document has no schema ${name}`);
  const validator =
    validators.get(name) ?? new Validator({ $ref: `#/$defs/${name}`, $defs }, '2020-12', false);
  validators.set(name, validator);
  // As it is sent: what is undefined is not there.
  const { valid, errors } = validator.validate(JSON.parse(JSON.stringify(value)));
  return valid ? [] : errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
};

/** The parameters that a schema names. */
export const namesIn = (name: string): readonly string[] => {
  const { properties = {}, allOf = [], $ref } = $defs[name] ?? {};
  const inherited = [...allOf, ...($ref === undefined ? [] : [{ $ref }])].flatMap((part: Schema) =>
    part.$ref === undefined ? Object.keys(part.properties ?? {}) : namesIn(part.$ref.replace('#/$defs/', '')),
  );
  return [...Object.keys(properties), ...inherited];
};
