// What the parameters of a chat completion must look like. Only what we read ourselves is checked; the rest is the service's to judge.
import * as z from 'zod/mini';
import { complain, expected, MESSAGE, MESSAGES, MODEL, ROLE } from '../errors/expected.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import { byType } from '../schemas/check-by-type.ts';
import type { CheckedParams } from './request-of.ts';

const text = (what: string) => z.string(expected(what));
const nonEmpty = (what: string) => text(what).check(z.minLength(1, expected(what)));
const optional = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema));
const number = (what = 'a number') => optional(z.number(expected(what)));
const bool = () => optional(z.boolean(expected('true or false')));
const words = () => optional(text('a string'));
const object = () => optional(z.looseObject({}, expected('an object')));

const partTypes = new Map<string, z.ZodMiniType>([
  ['text', z.looseObject({ text: text('the text of the part') })],
  ['refusal', z.looseObject({ refusal: text('the text of the refusal') })],
  [
    'image_url',
    z.looseObject({
      image_url: z.looseObject(
        { url: nonEmpty('the address of the picture') },
        expected('an object with the url of the picture'),
      ),
    }),
  ],
  [
    'input_audio',
    z.looseObject({
      input_audio: z.looseObject(
        { data: text('the sound as base64 text'), format: nonEmpty('the format, such as "wav",') },
        expected('an object with data and format'),
      ),
    }),
  ],
  [
    'file',
    z.looseObject({
      file: z.looseObject(
        { file_data: words(), file_id: words(), filename: words() },
        expected('an object with file_data or file_id'),
      ),
    }),
  ],
]);
const part = z
  .looseObject(
    { type: nonEmpty('the type of the part, such as "text",') },
    expected('a part: an object with a type'),
  )
  .check(byType(partTypes));
const CONTENT = 'a string or a list of parts';
const content = z.union([z.string(), z.array(part)], expected(CONTENT));

const toolCall = z.looseObject(
  {
    id: nonEmpty('the id of the call'),
    function: z.looseObject(
      { name: nonEmpty('the name of the function'), arguments: text('the arguments as JSON text') },
      expected('an object with name and arguments'),
    ),
  },
  expected('a tool call: an object with id and function'),
);

const message = z.discriminatedUnion(
  'role',
  [
    z.looseObject({ role: z.enum(['system', 'developer', 'user']), content, name: words() }),
    z.looseObject({
      role: z.literal('assistant'),
      content: optional(content),
      name: words(),
      refusal: words(),
      reasoning: words(),
      reasoning_details: optional(
        z.array(z.looseObject({}, expected('an object')), expected('a list of objects')),
      ),
      tool_calls: optional(z.array(toolCall, expected('a list of tool calls'))),
    }),
    z.looseObject({
      role: z.literal('tool'),
      content,
      tool_call_id: nonEmpty('the id of the call that this answers'),
    }),
  ],
  {
    error: (issue) =>
      typeof issue.input === 'object' && issue.input !== null
        ? complain(ROLE, 'role' in issue.input ? issue.input.role : undefined)
        : complain(MESSAGE, issue.input),
  },
);

const named = (what: string) => z.looseObject({ name: nonEmpty('its name') }, expected(what));

const toolTypes = new Map<string, z.ZodMiniType>([
  [
    'function',
    z.looseObject({
      function: z.looseObject(
        {
          name: nonEmpty('the name of the function'),
          description: words(),
          parameters: optional(z.looseObject({}, expected('a JSON Schema'))),
          strict: bool(),
        },
        expected('an object with name, description and parameters'),
      ),
    }),
  ],
  ['custom', z.looseObject({ custom: named('an object with the name of the tool') })],
]);
const tool = z
  .looseObject(
    { type: optional(nonEmpty('the type of the tool, such as "function",')) },
    expected('a tool: an object with type and function'),
  )
  .check(byType(toolTypes));

const choiceTypes = new Map<string, z.ZodMiniType>([
  ['function', z.looseObject({ function: named('an object with the name of the function') })],
  ['custom', z.looseObject({ custom: named('an object with the name of the tool') })],
  [
    'allowed_tools',
    z.looseObject({
      allowed_tools: z.looseObject(
        {
          mode: z.enum(['auto', 'required'], expected('"auto" or "required"')),
          tools: z.array(z.looseObject({}, expected('a tool')), expected('a list of tools')),
        },
        expected('an object with mode and tools'),
      ),
    }),
  ],
]);
const CHOICE = '"none", "auto", "required", or an object that names a tool';
const toolChoice = z.union(
  [
    nonEmpty(CHOICE),
    z
      .looseObject({ type: nonEmpty('the type of the choice, such as "function",') }, expected(CHOICE))
      .check(byType(choiceTypes)),
  ],
  expected(CHOICE),
);

const FORMAT = 'an object with a type: "text", "json_object" or "json_schema"';
const misplaced = z.looseObject({
  type: z.literal(
    'json_schema',
    expected('"text", "json_object" or "json_schema" (a JSON Schema goes into json_schema.schema)'),
  ),
});
const formatTypes = new Map<string, z.ZodMiniType>([
  [
    'json_schema',
    z.looseObject({
      json_schema: z.looseObject(
        {
          name: nonEmpty('the name of the schema'),
          description: words(),
          schema: optional(z.looseObject({}, expected('a JSON Schema'))),
          strict: bool(),
        },
        expected('an object with name and schema'),
      ),
    }),
  ],
  ...['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'].map(
    (type): [string, z.ZodMiniType] => [type, misplaced],
  ),
]);
const format = z.looseObject({ type: nonEmpty(FORMAT) }, expected(FORMAT)).check(byType(formatTypes));

/** The parameters of `chat.completions.create`. */
export const chatParams = z.looseObject({
  model: nonEmpty(MODEL),
  messages: z.union(
    [nonEmpty(MESSAGES), z.array(message, expected(MESSAGES)).check(z.minLength(1, expected(MESSAGES)))],
    expected(MESSAGES),
  ),
  stream: optional(z.boolean(expected('true or false'))),
  temperature: number(),
  top_p: number(),
  n: optional(
    z.int(expected('a whole number')).check(z.minimum(1, expected('a whole number of at least 1'))),
  ),
  max_tokens: number('a number of tokens'),
  max_completion_tokens: number('a number of tokens'),
  seed: number(),
  presence_penalty: number(),
  frequency_penalty: number(),
  stop: optional(
    z.union([z.string(), z.array(nonEmpty('a string'))], expected('a string or a list of strings')),
  ),
  tools: optional(z.array(tool, expected('a list of tools'))),
  tool_choice: optional(toolChoice),
  response_format: optional(format),
  parallel_tool_calls: bool(),
  logprobs: bool(),
  top_logprobs: number(),
  reasoning_effort: words(),
  user: words(),
  stream_options: optional(z.looseObject({ include_usage: bool() }, expected('an object'))),
  logit_bias: object(),
  metadata: object(),
  modalities: optional(z.array(text('a string'), expected('a list of strings'))),
});

/** The parameters, checked. @throws G4FError `invalid-request` with the path of the field and what was expected. */
export const checkedChat = (params: Fields): CheckedParams => {
  checkBySchema<CheckedParams>(params, chatParams);
  return params;
};
