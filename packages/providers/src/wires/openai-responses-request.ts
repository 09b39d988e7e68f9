// ChatRequest → the JSON body of a response. Source: https://platform.openai.com/docs/api-reference/responses/create
import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from '@g4f/core';
import { asList, asObject } from './json.ts';
import { encodeInput } from './openai-responses-input.ts';
import { ownParameters } from './parameters.ts';
import type { Quirks, RequestBody, Warn } from './wire.ts';

/** Parameters that mean the same here. */
const SAME = [
  ...['temperature', 'top_p', 'parallel_tool_calls', 'user', 'metadata', 'service_tier', 'top_logprobs'],
  ...['prompt_cache_key', 'prompt_cache_retention', 'safety_identifier'],
] as const;
const TRANSLATED: ReadonlySet<string> = new Set([
  ...SAME,
  ...['max_tokens', 'max_completion_tokens', 'tools', 'tool_choice', 'response_format', 'reasoning_effort'],
  ...['verbosity', 'store', 'logprobs'],
]);
/** Models that reason, and can seal their reasoning for the next turn: others refuse to be asked for it. */
const REASONS = /^(o\d|gpt-[5-9](?!.*-chat))/;

/**
 * The body. Nothing is stored at the service unless the caller says so; instead it is asked for the sealed reasoning,
 * which goes back with the next turn.
 */
export const encodeResponsesRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { model, stream, messages, tools = [], tool_choice } = request;
  const { text, reasoning, include, ...own } = ownParameters(request, TRANSLATED, warn);
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const effort = request.reasoning_effort;
  const store = request.store ?? false;
  const included = includes(request, store === true, reasoning !== undefined || effort != null);
  const format = formatOf(request.response_format);
  const verbosity = request.verbosity != null && { verbosity: request.verbosity };
  const same = SAME.filter((name) => request[name] != null).map((name) => [name, request[name]] as const);
  return {
    model,
    input: encodeInput(messages, warn),
    stream,
    store,
    ...Object.fromEntries(same),
    ...(limit != null && { max_output_tokens: limit }),
    ...(tools.length > 0 && { tools: tools.map(encodeTool) }),
    ...(tool_choice != null && { tool_choice: encodeChoice(tool_choice) }),
    ...((format || verbosity || text !== undefined) && {
      text: { ...(format && { format }), ...verbosity, ...asObject(text) },
    }),
    ...((effort != null || reasoning !== undefined) && {
      reasoning: { ...(effort != null && { effort }), ...asObject(reasoning) },
    }),
    ...(included.length + asList(include).length > 0 && {
      include: [...new Set([...included, ...asList(include)])],
    }),
    ...own,
  };
};

function includes(
  { model, logprobs }: ChatRequest,
  stored: boolean,
  asksForReasoning: boolean,
): readonly string[] {
  return [
    ...(!stored && (asksForReasoning || REASONS.test(model)) ? ['reasoning.encrypted_content'] : []),
    ...(logprobs === true ? ['message.output_text.logprobs'] : []),
  ];
}

/** A function; a tool of the service's own (`web_search`) goes as it is. Unlike there, `strict` is off unless asked for. */
function encodeTool(tool: Tool): unknown {
  if (tool.type !== 'function' || tool.function === undefined) return flat(tool);
  const { name, description, parameters, strict } = tool.function;
  return {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters: parameters ?? { type: 'object', properties: {} },
    strict: strict ?? false,
  };
}

const encodeChoice = (choice: ToolChoice): unknown => (typeof choice === 'object' ? flat(choice) : choice);

/** What chat completions keep under the name of the type stands beside it here: `{type: 'custom', custom: {name}}`. */
function flat(value: unknown): unknown {
  const typed = asObject(value);
  const nested = typeof typed?.type === 'string' ? asObject(typed[typed.type]) : undefined;
  if (nested === undefined) return value;
  const { format, tools, ...fields } = nested;
  return {
    type: typed?.type,
    ...fields,
    ...(format !== undefined && { format: flat(format) }),
    ...(tools !== undefined && { tools: asList(tools).map(flat) }),
  };
}

const formatOf = (format: ResponseFormat | undefined): object | undefined =>
  format?.type === 'json_schema' ? { type: 'json_schema', ...format.json_schema } : format;
