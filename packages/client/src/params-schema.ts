// What the parameters of a chat completion must look like. Only what we read ourselves is checked; the rest is the service's to judge.
import * as z from 'zod/mini';

const complain = (what: string, got: unknown): string =>
  `${what} was expected, ${got === undefined ? 'but it is missing' : `got ${kindOf(got)}`}`;

const expected = (what: string) => ({
  error: (issue: { readonly input?: unknown }) => complain(what, issue.input),
});

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'function' ? 'a function' : `the ${typeof value} ${String(value)}`;
};

const text = (what: string) => z.string(expected(what));
const nonEmpty = (what: string) => text(what).check(z.minLength(1, expected(what)));
const optional = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema));
const number = (what = 'a number') => optional(z.number(expected(what)));

const part = z.looseObject(
  { type: nonEmpty('the type of the part, such as "text",') },
  expected('a part: an object with a type'),
);
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

const ROLE = 'one of "system", "developer", "user", "assistant", "tool"';
const message = z.discriminatedUnion(
  'role',
  [
    z.looseObject({ role: z.enum(['system', 'developer', 'user']), content }),
    z.looseObject({
      role: z.literal('assistant'),
      content: optional(content),
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
        : complain('a message (an object with role and content)', issue.input),
  },
);

const MESSAGES = 'a string or a list of at least one message';

/** The parameters of `chat.completions.create`. */
export const chatParams = z.looseObject({
  model: nonEmpty('the name of a model'),
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
  stop: optional(z.union([z.string(), z.array(text('a string'))], expected('a string or a list of strings'))),
  tools: optional(
    z.array(
      z.looseObject({}, expected('a tool: an object with type and function')),
      expected('a list of tools'),
    ),
  ),
});
