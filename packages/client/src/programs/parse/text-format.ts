// What of a request for a response says the form of its output: `text.format`, and the schemas of functions.
// Source: https://platform.openai.com/docs/api-reference/responses/create#responses-create-text
import { G4FError } from '@g4f/core';
import { isSchema, toJsonSchema } from '../../chat/json-schema.ts';
import { type Fields, isFields, isPlainObject } from '../../options/plain-value.ts';
import { plainFormat } from '../../responses/response-schemas.ts';
import { checkerOf, fieldOf } from '../running/validate.ts';
import { type AnswerReader, answerReader, firstChecker, parsesItself } from './answer-reader.ts';
import { strictSchema } from './strict-schema.ts';

/** How a text is asked for and read. */
export interface TextFormat {
  readonly sent: Fields;
  /** Absent where any text will do. */
  readonly read: AnswerReader | undefined;
}

const WHAT = 'text.format';

/** @throws G4FError `invalid-request` for what is no form, or has no JSON Schema. */
export const textFormat = (given: unknown): TextFormat => {
  const sent = sentFormat(given);
  if (sent === undefined)
    throw new G4FError(
      `${WHAT}: parse needs a schema (of Zod 4, Valibot, ArkType, …), or an object of the type "json_schema", "json_object" or "text".`,
      { code: 'invalid-request' },
    );
  if (sent.type === 'text') return { sent, read: undefined };
  const check = firstChecker([given, fieldOf(given, 'schema')]);
  return {
    sent: check === undefined ? sent : strictly(sent, 'schema'),
    read: answerReader(given, check, { root: 'answer', what: WHAT }),
  };
};

const TYPES: ReadonlySet<unknown> = new Set(['json_schema', 'json_object', 'text']);

function sentFormat(given: unknown): Fields | undefined {
  const format = plainFormat(given);
  // A copy, without what is not seen: that is not sent.
  return isPlainObject(format) && TYPES.has(format.type) ? { ...format } : undefined;
}

/** A copy with JSON Schema in the place of a schema of a library, and without what is not seen: that is not sent. */
const converted = (given: Fields, field: string, path: string): Fields => {
  const schema = given[field];
  return { ...given, ...(isSchema(schema) && { [field]: toJsonSchema(schema, `${path}.${field}`) }) };
};

/** Strict, unless the caller has said or the schema has no strict form. */
function strictly(sent: Fields, field: string): Fields {
  if (sent.strict != null) return sent;
  const strict = strictSchema(sent[field]);
  return strict === undefined ? sent : { ...sent, [field]: strict, strict: true };
}

/** The tools of a request, and how the arguments of those that are functions are read. */
export interface ParsedTools {
  readonly sent: readonly unknown[];
  /** By the function's name; arguments of those that are not here are not read. */
  readonly readers: ReadonlyMap<string, AnswerReader>;
}

/** @throws G4FError `invalid-request` for a schema without a JSON Schema. */
export function parsedTools(tools: readonly unknown[]): ParsedTools {
  const readers = new Map<string, AnswerReader>();
  const sent = tools.map((tool, at) => {
    if (!isFields(tool) || tool.type !== 'function') return tool;
    const name = String(tool.name);
    const check = checkerOf(tool.parameters);
    if (check !== undefined || parsesItself(tool) || tool.strict === true)
      readers.set(name, answerReader(tool, check, { root: 'arguments', what: `the function ${name}` }));
    const plain = converted(tool, 'parameters', `tools[${at}]`);
    return check === undefined ? plain : strictly(plain, 'parameters');
  });
  return { sent, readers };
}
