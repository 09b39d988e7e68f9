// What `openai/helpers/zod` has: formats and functions made of schemas of Zod 4, or of any library that can say its JSON Schema.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/helpers/zod.ts
import type { RunnableTool } from '@g4f/client';
import { OpenAIError } from '../errors/errors.ts';

/** A schema of Zod 4. */
export interface ZodSchema {
  readonly '~standard': { readonly types?: unknown };
  parse(value: unknown): unknown;
}

/** What the schema gives. */
type OutputOf<S extends ZodSchema> = ReturnType<S['parse']>;

/** What reads the text of an answer, or of arguments; it is not sent. */
interface Parsing<S extends ZodSchema> {
  $parseRaw(text: string): OutputOf<S>;
}

/** The `response_format` of a chat, whose answer `chat.completions.parse` reads. @throws OpenAIError for a schema without a JSON Schema */
export const zodResponseFormat = <S extends ZodSchema>(
  schema: S,
  name: string,
  props: { readonly description?: string } = {},
) =>
  parsing(schema, {
    type: 'json_schema' as const,
    json_schema: { ...props, name, ...strictly(schema, 'schema') },
  });

/** The `text.format` of a response, whose output `responses.parse` reads. @throws OpenAIError for a schema without a JSON Schema */
export const zodTextFormat = <S extends ZodSchema>(
  schema: S,
  name: string,
  props: { readonly description?: string } = {},
) => parsing(schema, { type: 'json_schema' as const, ...props, name, ...strictly(schema, 'schema') });

/** What a function is made of. */
export interface ZodFunctionOptions<S extends ZodSchema> {
  readonly name: string;
  readonly parameters: S;
  readonly description?: string | undefined;
  /** Does it; `runTools` calls it. */
  readonly function?: ((args: OutputOf<S>) => unknown) | undefined;
}

/** A tool of a chat, for `runTools`, `parse` and `create`. @throws OpenAIError for a schema without a JSON Schema */
export const zodFunction = <S extends ZodSchema>(
  options: ZodFunctionOptions<S>,
): RunnableTool & Parsing<S> => {
  const tool = { type: 'function' as const, function: described(options) };
  const run = options.function ?? notGiven(options.name);
  return hidden(parsing(options.parameters, tool), { execute: (args: unknown) => run(Object(args)) });
};

/** A tool of a response, whose arguments `responses.parse` reads. @throws OpenAIError for a schema without a JSON Schema */
export const zodResponsesFunction = <S extends ZodSchema>(options: ZodFunctionOptions<S>) =>
  parsing(options.parameters, { type: 'function' as const, ...described(options) });

const described = <S extends ZodSchema>({ name, parameters, description }: ZodFunctionOptions<S>) => ({
  name,
  ...(description !== undefined && { description }),
  ...strictly(parameters, 'parameters'),
});

const notGiven = (name: string) => (): never => {
  throw new OpenAIError(`zodFunction: "${name}" has no \`function\`, so it cannot be run. Give it one.`);
};

/** The same, and how its text is read. */
const parsing = <S extends ZodSchema, T extends object>(schema: S, object: T): T & Parsing<S> =>
  hidden(object, { $parseRaw: (text: string) => schema.parse(JSON.parse(text)) as OutputOf<S> });

/** With fields that are not enumerated, and so are not sent. */
const hidden = <T extends object, F extends object>(object: T, fields: F): T & F =>
  Object.defineProperties(
    object,
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, enumerable: false }])),
  ) as T & F;

/** The JSON Schema; strict where it has the form that OpenAI's strict mode takes: an object at its root, every object closed, every field required. */
const strictly = <N extends string>(schema: ZodSchema, field: N) => {
  const json = jsonSchemaOf(schema);
  return { [field]: json, ...(json.type === 'object' && isStrict(json) && { strict: true }) } as {
    readonly [Name in N]: Readonly<Record<string, unknown>>;
  } & { readonly strict?: true };
};

function jsonSchemaOf(schema: ZodSchema): Readonly<Record<string, unknown>> {
  const { jsonSchema } = Object(schema['~standard']);
  if (typeof jsonSchema?.output !== 'function')
    throw new OpenAIError(
      'helpers/zod: a schema of Zod 4.2 or newer was expected, which can say its JSON Schema.',
    );
  const { $schema: _, ...json } = jsonSchema.output({ target: 'draft-2020-12' });
  return json;
}

function isStrict(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if (Array.isArray(schema)) return schema.every(isStrict);
  const { type, properties, required, additionalProperties } = { ...schema } as Readonly<
    Record<string, unknown>
  >;
  if (type === 'object') {
    const all = Object.keys(Object(properties));
    if (
      additionalProperties !== false ||
      !Array.isArray(required) ||
      !all.every((name) => required.includes(name))
    )
      return false;
  }
  return Object.values(schema).every(isStrict);
}
