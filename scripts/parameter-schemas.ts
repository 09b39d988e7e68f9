// packages/server/src/openapi/parameters.gen.ts: the parameters of the client's methods as JSON Schema, from the schemas that check them.
import * as z from 'zod/mini';
import {
  speechParams,
  transcriptionParams,
  translationParams,
} from '../packages/client/src/audio/params-schema.ts';
import { chatParams } from '../packages/client/src/chat/params-schema.ts';
import { textParams } from '../packages/client/src/completions/params-schema.ts';
import { embeddingParams } from '../packages/client/src/embeddings/params-schema.ts';
import { promptParams, variationParams } from '../packages/client/src/images/params-schema.ts';
import { moderationParams } from '../packages/client/src/moderations/params-schema.ts';
import { responseParams } from '../packages/client/src/responses/params-schema.ts';

const SCHEMAS: Readonly<Record<string, z.core.$ZodType>> = {
  Chat: chatParams,
  Response: responseParams,
  Completion: textParams,
  Embedding: embeddingParams,
  Moderation: moderationParams,
  Image: promptParams,
  ImageVariation: variationParams,
  Speech: speechParams,
  Transcription: transcriptionParams,
  Translation: translationParams,
};

/** The file. */
export const renderParameterSchemas = (): string => {
  const schemas = Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonOf(schema)]);
  return `// Generated from the schemas of @g4f/client by scripts/generate-registry; do not edit.

/** The parameters of each method as JSON Schema. */
export const PARAMETERS: Readonly<Record<string, object>> = ${JSON.stringify(Object.fromEntries(schemas), null, 2)};
`;
};

/** What no JSON Schema can say (checks by our own functions, files) is left open. */
const jsonOf = (schema: z.core.$ZodType): object => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: open,
  });
  return json;
};

/** Parameters that a service has besides are sent as they are. */
const open = ({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void => {
  if (typeof jsonSchema.additionalProperties === 'object') jsonSchema.additionalProperties = true;
};
