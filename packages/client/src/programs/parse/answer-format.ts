// The `response_format` of a call that is parsed: what is sent, and how an answer is checked.
import { G4FError, type ResponseFormat } from '@g4f/core';
import { withJsonSchemas } from '../../chat/json-schema.ts';
import { isPlainObject } from '../../options/plain-value.ts';
import type { Program } from '../running/program.ts';
import { type Checked, checked, checkerOf, fieldOf, readJson } from '../running/validate.ts';
import { strictSchema } from './strict-schema.ts';

/** How answers are asked for and read. */
export interface AnswerFormat {
  readonly sent: ResponseFormat;
  /** The JSON Schema in it, if there is one. */
  readonly schema: unknown;
  /** Reads the text of an answer. */
  read(text: string): Program<Checked>;
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
  const check = [given, fieldOf(given, 'json_schema'), fieldOf(fieldOf(given, 'json_schema'), 'schema')]
    .map(checkerOf)
    .find((found) => found !== undefined);
  return {
    sent: check === undefined ? sent : strictly(sent, frame, schema),
    schema,
    read: readerOf(given, check),
  };
};

const isFormat = (value: unknown): value is ResponseFormat =>
  isPlainObject(value) && (value.type === 'json_schema' || value.type === 'json_object');

/** A format made by `zodResponseFormat` of OpenAI's library reads the text itself. */
function readerOf(given: unknown, check: ((value: unknown) => unknown) | undefined): AnswerFormat['read'] {
  const parse = fieldOf(given, '$parseRaw');
  return function* read(text) {
    if (typeof parse === 'function') return yield* parsedBy((json) => parse.call(given, json), text);
    const json = readJson(text);
    return 'wrong' in json || check === undefined ? json : yield* checked(check, json.value, 'answer', WHAT);
  };
}

function* parsedBy(parse: (text: string) => unknown, text: string): Program<Checked> {
  const json = readJson(text);
  if ('wrong' in json) return json;
  const issuesOf = (error: unknown) => ({
    issues: fieldOf(error, 'issues') ?? [{ message: 'it does not fit' }],
  });
  const standard = (): unknown => {
    try {
      return { value: parse(text) };
    } catch (error) {
      return issuesOf(error);
    }
  };
  return yield* checked(standard, json.value, 'answer', WHAT);
}

/** Strict, unless the caller has said or the schema has no strict form. */
function strictly(sent: ResponseFormat, frame: unknown, schema: unknown): ResponseFormat {
  if (!isJsonSchema(sent) || !isPlainObject(frame) || frame.strict != null) return sent;
  const strict = strictSchema(schema);
  if (strict === undefined) return sent;
  return { ...sent, json_schema: { ...sent.json_schema, schema: strict, strict: true } };
}

const isJsonSchema = (format: ResponseFormat): format is ResponseFormat & { readonly type: 'json_schema' } =>
  format.type === 'json_schema';
