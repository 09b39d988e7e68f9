// Schemas of validation libraries in a request for a response (`text.format`, the parameters of functions), as JSON Schema.
// Source: https://platform.openai.com/docs/api-reference/responses/create#responses-create-text
import { isSchema, toJsonSchema, withJsonSchemas } from '../chat/json-schema.ts';
import { type Fields, isPlainObject } from '../options/plain-value.ts';

const WHAT = 'text.format';

/**
 * The parameters with JSON Schema in the place of every schema of a library; the same object if there is none.
 * A schema that stands for the whole `text.format` gets the frame around it.
 *
 * @throws G4FError `invalid-request` for a schema that cannot say its JSON Schema, with its path.
 */
export const withResponseSchemas = <P extends Fields>(params: P): P => {
  const made = withJsonSchemas(params);
  const { text } = made;
  if (!isPlainObject(text)) return made;
  const format = plainFormat(text.format);
  return format === text.format ? made : { ...made, text: { ...text, format } };
};

/** The format with JSON Schema in it; itself if there is no schema of a library. @throws G4FError `invalid-request` */
export const plainFormat = (format: unknown): unknown => {
  if (isSchema(format)) return { type: 'json_schema', name: 'response', schema: toJsonSchema(format, WHAT) };
  if (!isPlainObject(format) || !isSchema(format.schema)) return format;
  return { ...format, schema: toJsonSchema(format.schema, `${WHAT}.schema`) };
};
