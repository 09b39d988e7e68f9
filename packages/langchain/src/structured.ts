// `withStructuredOutput`: an answer of a form, by JSON Schema unless another method is named.
import type {
  BaseLanguageModelInput,
  StructuredOutputMethodOptions,
} from '@langchain/core/language_models/base';
import {
  assembleStructuredOutputPipeline,
  createContentParser,
  createFunctionCallingParser,
} from '@langchain/core/language_models/structured_output';
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { OutputParserException } from '@langchain/core/output_parsers';
import { type Runnable, RunnableLambda } from '@langchain/core/runnables';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import type { SerializableSchema } from '@langchain/core/utils/standard_schema';
import { type InteropZodType, isInteropZodSchema } from '@langchain/core/utils/types';

/** A schema of Zod, of a library that follows Standard Schema, or a JSON Schema. */
export type OutputSchema<T extends Record<string, unknown>> =
  | InteropZodType<T>
  | SerializableSchema<T>
  | Record<string, unknown>;

/** A model with parameters of a call bound to it. */
type Bind = (options: object) => Runnable<BaseLanguageModelInput, AIMessageChunk>;

/** The answer read by the schema; with `includeRaw` beside the message, and null where it does not fit. */
export const structured = <T extends Record<string, unknown>>(
  bind: Bind,
  schema: OutputSchema<T>,
  { name = 'answer', method = 'jsonSchema', strict, includeRaw }: StructuredOutputMethodOptions<boolean> = {},
):
  | Runnable<BaseLanguageModelInput, T>
  | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: T }> => {
  const strictly = strict === undefined ? {} : { strict };
  if (method === 'functionCalling') {
    const tool = { type: 'function', function: { name, parameters: jsonSchemaOf(schema), ...strictly } };
    const bound = bind({ tools: [tool], tool_choice: name });
    const calls = createFunctionCallingParser<T>(schema, name);
    const parser = calls.pipe(new RunnableLambda({ func: called<T>(name) }));
    return assembleStructuredOutputPipeline<T>(bound, parser, includeRaw);
  }
  const format =
    method === 'jsonMode'
      ? { type: 'json_object' }
      : { type: 'json_schema', json_schema: { name, schema: jsonSchemaOf(schema), ...strictly } };
  const bound = bind({ response_format: format });
  return assembleStructuredOutputPipeline<T>(bound, createContentParser(schema), includeRaw);
};

/** LangChain's parser gives undefined where the model has called nothing. */
const called =
  <T>(name: string) =>
  (parsed: T | undefined): T => {
    if (parsed !== undefined) return parsed;
    throw new OutputParserException(
      `ChatG4F: the model did not call "${name}", so there is no output. Ask again, or use method: 'jsonSchema'.`,
    );
  };

const jsonSchemaOf = (schema: OutputSchema<Record<string, unknown>>): object =>
  isInteropZodSchema(schema) || '~standard' in schema ? toJsonSchema(schema) : schema;
