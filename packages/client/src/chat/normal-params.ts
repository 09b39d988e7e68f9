// Parameters in the one form that wires read: null is absent, and forms of other APIs that mean the same are OpenAI's.
import { define } from '../options/define-field.ts';
import { type Fields, isPlainObject } from '../options/plain-value.ts';
import { KNOWN_PARAMETERS } from './known-parameters.ts';

/**
 * The parameters, normalised; the same object if nothing had to be. What is wrong is left as it is, for the check that follows.
 *
 * - An optional parameter, or field of a message, that is null is absent; so are empty `tools`, `tool_calls` and `stop`.
 * - Fields of a tool, a choice of tool or a format that stand beside `type` (the Responses API's form) go where chat
 *   completions have them; so do those of a tool of old functions, of Anthropic (`input_schema`) and of MCP (`inputSchema`).
 * - The address of a picture may stand without the object around it.
 */
export const normalise = (params: Fields): Fields => {
  const normal: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || (value === null && KNOWN_PARAMETERS.has(name) && !NEEDED.has(name))) continue;
    const made = Object.hasOwn(FORMS, name) ? FORMS[name]?.(value) : value;
    if (made !== undefined) define(normal, name, made);
  }
  return normal;
};

const NEEDED: ReadonlySet<string> = new Set(['model', 'messages']);

const unlessEmpty = (value: unknown): unknown =>
  value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;

/** Each list item that is an object, changed. A list with holes, which may be of any length, is left to the check. */
const eachOf = (list: unknown, change: (item: Fields) => unknown): unknown =>
  Array.isArray(list) && !list.includes(undefined)
    ? list.map((item: unknown) => (isPlainObject(item) ? change(item) : item))
    : list;

const FORMS: Readonly<Record<string, (value: unknown) => unknown>> = {
  messages: (value) => eachOf(value, messageOf),
  stop: unlessEmpty,
  tools: (value) => unlessEmpty(eachOf(value, toolOf)),
  tool_choice: (value) => (isPlainObject(value) ? nested(value, 'function', ['name']) : value),
  response_format: (value) => (isPlainObject(value) ? responseFormatOf(value) : value),
};

const IN_BOTH = ['name', 'description', 'strict'];
const IN_FUNCTION = [...IN_BOTH, 'parameters'];
const IN_SCHEMA = [...IN_BOTH, 'schema'];
/** Of messages; `content` may be null for the assistant, which says that it only called tools. */
const OPTIONAL_IN_MESSAGE: ReadonlySet<string> = new Set(
  'name refusal reasoning reasoning_details tool_calls function_call audio annotations'.split(' '),
);

function toolOf(tool: Fields): Fields {
  const { input_schema, inputSchema = input_schema, ...others } = tool;
  const { type, name, parameters = inputSchema } = others;
  const isFlat = name != null && isPlainObject(type == null ? parameters : inputSchema);
  const typed = isFlat
    ? { ...others, type: 'function', parameters }
    : type == null && isPlainObject(tool.function)
      ? { ...tool, type: 'function' }
      : tool;
  const whole = nested(typed, 'function', IN_FUNCTION);
  return isPlainObject(whole.function) ? { ...whole, function: withoutNull(whole.function) } : whole;
}

function responseFormatOf(format: Fields): Fields {
  const whole = nested(format, 'json_schema', IN_SCHEMA);
  if (whole.type !== 'json_schema' || !isPlainObject(whole.json_schema)) return whole;
  return { ...whole, json_schema: { name: 'response', ...withoutNull(whole.json_schema) } };
}

/** Puts the fields that stand beside a type into the object of that name, if that is missing and one of them is there. */
function nested(value: Fields, type: string, names: readonly string[]): Fields {
  if (value.type !== type || value[type] != null || !names.some((name) => value[name] != null)) return value;
  const inside = Object.entries(value).filter(([name]) => names.includes(name));
  const beside = Object.entries(value).filter(([name]) => !names.includes(name));
  return { ...Object.fromEntries(beside), [type]: Object.fromEntries(inside) };
}

const withoutNull = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

function messageOf(message: Fields): Fields {
  const normal: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(message)) {
    if (value === undefined || (value === null && OPTIONAL_IN_MESSAGE.has(name))) continue;
    const made = name === 'content' ? eachOf(value, partOf) : name === 'tool_calls' ? callsOf(value) : value;
    if (made !== undefined) define(normal, name, made);
  }
  return normal;
}

const callsOf = (calls: unknown): unknown =>
  unlessEmpty(eachOf(calls, (call) => (call.type == null ? { ...call, type: 'function' } : call)));

const partOf = (part: Fields): Fields =>
  part.type === 'image_url' && typeof part.image_url === 'string'
    ? { ...part, image_url: { url: part.image_url } }
    : part;
