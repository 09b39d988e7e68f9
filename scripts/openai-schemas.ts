// Makes the schemas that tests hold what is sent and returned to: those of OpenAI's published document that they need, without words.
// node scripts/run.mjs openai-schemas path/to/openapi.yml
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './source-file.ts';

const TARGET = 'reliability/test/openai-schemas/openai-schemas.yaml';

/** What is sent, and what is returned. */
const ROOTS: readonly string[] = [
  ...['CreateChatCompletionRequest', 'CreateChatCompletionResponse', 'CreateChatCompletionStreamResponse'],
  ...['CreateResponse', 'Response', 'ResponseStreamEvent', 'ResponseItemList'],
  ...['CreateCompletionRequest', 'CreateCompletionResponse'],
  ...['CreateEmbeddingRequest', 'CreateEmbeddingResponse'],
  ...['CreateModerationRequest', 'CreateModerationResponse'],
  ...['CreateImageRequest', 'CreateImageEditRequest', 'CreateImageVariationRequest'],
  ...['ImagesResponse', 'ImageGenStreamEvent', 'ImageEditStreamEvent'],
  ...['CreateSpeechRequest', 'CreateTranscriptionRequest', 'CreateTranslationRequest'],
  ...['CreateTranscriptionResponseJson', 'CreateTranscriptionResponseVerboseJson'],
  ...['CreateTranscriptionResponseDiarizedJson', 'CreateTranscriptionResponseStreamEvent'],
  ...['CreateTranslationResponseJson', 'CreateTranslationResponseVerboseJson'],
  ...['Model', 'ListModelsResponse', 'ErrorResponse'],
];

/** Keywords whose values are schemas, lists of schemas, or schemas by name. */
const ONE: ReadonlySet<string> = new Set(['items', 'not', 'additionalProperties', 'propertyNames']);
const LISTS: ReadonlySet<string> = new Set(['anyOf', 'allOf', 'prefixItems']);
/** Keywords that say what a value is. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['type', 'required', 'enum', 'const', 'pattern', 'format', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'minLength', 'maxLength'],
]);
const PREFIX = '#/components/schemas/';

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => Object(value);

/** The schema without words; `needed` is told each schema that it names. */
function bare(schema: unknown, needed: (name: string) => void): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (PLAIN.has(name)) made[name] = value;
    else if (ONE.has(name)) made[name] = bare(value, needed);
    else if (LISTS.has(name) && Array.isArray(value)) made[name] = value.map((one) => bare(one, needed));
    else if (name === 'properties') made[name] = mapped(value, needed);
    else if (name === '$ref') {
      const target = String(value).replace(PREFIX, '');
      needed(target);
      made.$ref = `#/$defs/${target}`;
    } else if (name === 'oneOf' && Array.isArray(value))
      // The document's alternatives overlap: one value may fit several of them.
      made.anyOf = value.map((one) => bare(one, needed));
  }
  // A keyword of OpenAPI 3.0, which JSON Schema has not.
  return fieldsOf(schema).nullable === true ? { anyOf: [made, { type: 'null' }] } : made;
}

const mapped = (properties: unknown, needed: (name: string) => void): Fields =>
  Object.fromEntries(
    Object.entries(fieldsOf(properties)).map(([name, schema]) => [name, bare(schema, needed)]),
  );

const [source = ''] = process.argv.slice(2);
const { info, components } = parse(await readFile(source, 'utf8'));
const made = new Map<string, unknown>();
const waiting = [...ROOTS];
for (const name of waiting) {
  if (made.has(name)) continue;
  const schema = components.schemas[name];
  if (schema === undefined) throw new Error(`${source} has no schema ${name}`);
  made.set(
    name,
    bare(schema, (other) => waiting.push(other)),
  );
}
const lines = [...made]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
await writeFile(
  join(root, TARGET),
  `# Made by scripts/openai-schemas.ts of OpenAI's published document ${info.title} ${info.version}; do not edit.
# Source: https://github.com/openai/openai-openapi, licence ${info.license.name}: ${info.license.url}
# Descriptions are left out, and oneOf is anyOf, because its alternatives overlap.
{
${lines.join(',\n')}
}
`,
);
console.log(`${made.size} schemas; wrote ${TARGET}`);
