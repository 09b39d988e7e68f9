// The `response_format` of a call that is parsed: what is sent, and how an answer is checked.
import { G4FError, type ResponseFormat } from '@g4f/core';
import { withJsonSchemas } from '../../chat/json-schema.ts';
import { isPlainObject } from '../../options/plain-value.ts';
import { fieldOf } from '../running/validate.ts';
import { type AnswerReader, answerReader, firstChecker } from './answer-reader.ts';
import { strictSchema } from './strict-schema.ts';

/** How answers are asked for and read. */
export interface AnswerFormat {
  readonly sent: ResponseFormat;
  /** The JSON Schema in it, if there is one. */
  readonly schema: unknown;
  /** Reads the text of an answer. */
  readonly read: AnswerReader;
}

const WHAT = 'response_format';

/** @throws G4FError `invalid-request` for what is no schema, or has no JSON Schema. */
export const answerFormat = (given: unknown): AnswerFormat => {
  const sent = withJsonSchemas({ [WHAT]: given })[WHAT];
  if (!isFormat(sent))
    throw new G4FError(
      `${WHAT}: parse needs a schema (of Zod 4, Valibot, ArkType, …), or an object of the type "json_schema" or "json_object".`,
      { code: 'invalid-request' },
    );
  const frame = fieldOf(sent, 'json_schema');
  const schema = fieldOf(frame, 'schema');
  const check = firstChecker([
    given,
    fieldOf(given, 'json_schema'),
    fieldOf(fieldOf(given, 'json_schema'), 'schema'),
  ]);
  return {
    sent: check === undefined ? sent : strictly(sent, frame, schema),
    schema,
    read: answerReader(given, check, { root: 'answer', what: WHAT }),
  };
};

const isFormat = (value: unknown): value is ResponseFormat =>
  isPlainObject(value) && (value.type === 'json_schema' || value.type === 'json_object');

/** Strict, unless the caller has said or the schema has no strict form. */
function strictly(sent: ResponseFormat, frame: unknown, schema: unknown): ResponseFormat {
  if (!isJsonSchema(sent) || !isPlainObject(frame) || frame.strict != null) return sent;
  const strict = strictSchema(schema);
  if (strict === undefined) return sent;
  return { ...sent, json_schema: { ...sent.json_schema, schema: strict, strict: true } };
}

const isJsonSchema = (format: ResponseFormat): format is ResponseFormat & { readonly type: 'json_schema' } =>
  format.type === 'json_schema';
