// What the parameters of `responses.create` must look like. Only what we read ourselves is checked; the rest is the service's to judge.
import * as z from 'zod/mini';
import { expected, expectedPrivate, MODEL } from '../errors/expected.ts';
import { byType } from '../schemas/check-by-type.ts';

const words = (what: string) => z.string(expectedPrivate(what));
const name = (what: string) => z.string(expected(what)).check(z.minLength(1, expected(what)));
const optional = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema));
const number = (what = 'a number') => z.optional(z.number(expected(what)));
const bool = () => z.optional(z.boolean(expected('true or false')));
const object = (what = 'an object') => z.optional(z.looseObject({}, expected(what)));

const texts = z.looseObject({ text: words('the text of the part') });
const partTypes = new Map<unknown, z.ZodMiniType>([
  ['input_text', texts],
  ['output_text', texts],
  ['refusal', z.looseObject({ refusal: words('the text of the refusal') })],
  [
    'input_image',
    z.looseObject({
      image_url: optional(
        z.string(expectedPrivate('the address of the picture: in responses image_url is the address itself')),
      ),
      file_id: optional(words('the id of a file')),
    }),
  ],
  [
    'input_file',
    z.looseObject({
      file_data: optional(words('a data URL')),
      file_id: optional(words('the id of a file')),
      file_url: optional(words('an address')),
      filename: optional(words('a name')),
    }),
  ],
  [
    'input_audio',
    z.looseObject({
      input_audio: z.looseObject(
        { data: words('the sound as base64 text'), format: name('the format, such as "wav",') },
        expected('an object with data and format'),
      ),
    }),
  ],
]);
const PART = 'a part: an object with a type, such as "input_text"';
const part = z
  .looseObject({ type: name('the type of the part, such as "input_text",') }, expectedPrivate(PART))
  .check(byType(partTypes));
const content = z.union([z.string(), z.array(part)], expectedPrivate('a string or a list of parts'));

const ROLE = 'one of "user", "assistant", "system", "developer"';
const message = z.looseObject({
  role: z.enum(['user', 'assistant', 'system', 'developer'], expected(ROLE)),
  content,
});
const callId = name('the id of the call');
const output = z.looseObject({ call_id: callId, output: content });
const itemTypes = new Map<unknown, z.ZodMiniType>([
  [undefined, message],
  ['message', message],
  [
    'function_call',
    z.looseObject({
      call_id: callId,
      name: name('the name of the function'),
      arguments: words('the arguments as JSON text'),
    }),
  ],
  ['custom_tool_call', z.looseObject({ call_id: callId, name: name('its name'), input: words('a text') })],
  ['function_call_output', output],
  ['custom_tool_call_output', output],
  [
    'reasoning',
    z.looseObject({
      id: optional(words('its id')),
      summary: z.array(z.looseObject({ text: words('a text') }), expected('a list of summaries')),
      encrypted_content: optional(words('a text')),
    }),
  ],
]);
const ITEM = 'an item: a message (an object with role and content), or an object with a type';
const item = z
  .looseObject({ type: z.optional(name('the type of the item')) }, expectedPrivate(ITEM))
  .check(byType(itemTypes));

const INPUT = 'a text, or a list of items';
const TOOL = 'a tool: an object with a type';
const namedTool = z.looseObject({
  name: name('the name of the tool: in responses it stands beside the type'),
});
const toolTypes = new Map<unknown, z.ZodMiniType>([
  ['function', namedTool],
  ['custom', namedTool],
]);
const tool = z
  .looseObject({ type: name('the type of the tool, such as "function",') }, expected(TOOL))
  .check(byType(toolTypes));
const CHOICE = '"none", "auto", "required", or an object that names a tool';
const FORMAT = 'an object with a type: "text", "json_object" or "json_schema"';

/** Source: https://platform.openai.com/docs/api-reference/responses/create */
export const responseParams = z.looseObject({
  model: name(MODEL),
  input: z.optional(
    z.union(
      [
        z.string().check(z.minLength(1, expectedPrivate(INPUT))),
        z.array(item).check(z.minLength(1, expectedPrivate(INPUT))),
      ],
      expectedPrivate(INPUT),
    ),
  ),
  instructions: z.optional(words('a text')),
  stream: bool(),
  store: bool(),
  background: bool(),
  parallel_tool_calls: bool(),
  temperature: number(),
  top_p: number(),
  top_logprobs: number(),
  max_output_tokens: number('a number of tokens'),
  max_tool_calls: number(),
  previous_response_id: z.optional(name('the id of a response')),
  include: z.optional(z.array(z.string(expected('a text')), expected('a list of texts'))),
  tools: z.optional(z.array(tool, expected('a list of tools'))),
  tool_choice: z.optional(
    z.union([name(CHOICE), z.looseObject({ type: name('the type of the choice') })], expected(CHOICE)),
  ),
  text: z.optional(
    z.looseObject(
      { format: optional(z.looseObject({ type: name(FORMAT) }, expected(FORMAT))) },
      expected('an object with format or verbosity'),
    ),
  ),
  reasoning: object('an object with effort or summary'),
  metadata: object(),
  stream_options: object(),
});
