// ChatRequest → the JSON body of a response. Source: https://platform.openai.com/docs/api-reference/responses/create
import type { ChatRequest } from '@g4f/core';
import { asList, asObject } from '../decoding/json.ts';
import { fitConversation } from '../fit/conversation.ts';
import { fitOpenAIParameters } from '../fit/openai-parameters.ts';
import { checkSaidOnce, effortOf, numberOf, ownParameters } from '../fit/parameters.ts';
import { type FitChoice, type FitFormat, type FitTool, readFormat, readTools } from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import { wantedSearch } from '../fit/web-search.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';
import { encodeInput, RESPONSES_IDS } from './input.ts';

/** Parameters that mean the same here. */
const SAME = [
  ...['temperature', 'top_p', 'parallel_tool_calls', 'user', 'metadata', 'service_tier', 'top_logprobs'],
  ...['prompt_cache_key', 'prompt_cache_retention', 'safety_identifier'],
] as const;
const TRANSLATED: ReadonlySet<string> = new Set([
  ...SAME,
  ...['max_tokens', 'max_completion_tokens', 'tools', 'tool_choice', 'response_format', 'reasoning_effort'],
  ...['verbosity', 'store', 'logprobs', 'web_search_options'],
]);
/** Models that reason, and can seal their reasoning for the next turn: others refuse to be asked for it. */
const REASONS = /^(o\d|gpt-[5-9](?!.*-chat))/;

/**
 * The body. Nothing is stored at the service unless the caller says so; instead it is asked for the sealed reasoning,
 * which goes back with the next turn.
 */
export const encodeResponsesRequest = (given: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const request = fitOpenAIParameters(given, warn);
  const { model, stream, messages } = request;
  const { text, reasoning, include, ...own } = ownParameters(request, TRANSLATED, warn);
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens);
  const effort = effortOf(request.reasoning_effort);
  const store = request.store ?? false;
  const included = includes(request, store === true, reasoning !== undefined || effort !== undefined);
  const format = formatOf(readFormat(request.response_format));
  const verbosity = request.verbosity != null && { verbosity: request.verbosity };
  const same = SAME.filter((name) => request[name] != null).map((name) => [name, request[name]] as const);
  // A result may answer a call of the response that is gone on from.
  const lonelyResults = own.previous_response_id !== undefined || own.conversation !== undefined;
  checkSaidOnce({ input: messages }, own);
  return {
    model,
    input: encodeInput(fitConversation(messages, { callIds: RESPONSES_IDS, lonelyResults }, warn), warn),
    stream,
    store,
    ...Object.fromEntries(same),
    ...(limit !== undefined && { max_output_tokens: limit }),
    ...toolsOf(request),
    ...((format || verbosity || text !== undefined) && {
      text: { ...(format && { format }), ...verbosity, ...asObject(text) },
    }),
    ...((effort !== undefined || reasoning !== undefined) && {
      reasoning: { ...(effort !== undefined && { effort }), ...asObject(reasoning) },
    }),
    ...(included.length + asList(include).length > 0 && {
      include: [...new Set([...included, ...asList(include)])],
    }),
    ...own,
  };
};

/** A prompt that is kept at the service may bring tools of its own: a choice goes along with it without any here, too. */
function toolsOf(request: ChatRequest): object {
  const search = searchOf(request);
  const hasOthers = search.length > 0 || request.prompt != null;
  const { tools, choice } = readTools(request, hasOthers);
  const all = [...tools.map(encodeTool), ...search];
  return {
    ...(all.length > 0 && { tools: all }),
    ...(choice !== undefined &&
      (hasOthers || all.length > 0) && { tool_choice: encodeChoice(choice, tools, request.tool_choice) }),
  };
}

/** The service's own search. Source: https://platform.openai.com/docs/guides/tools-web-search */
function searchOf(request: ChatRequest): readonly object[] {
  const wanted = wantedSearch(request);
  if (wanted === undefined) return [];
  const { size, place } = wanted;
  return [
    {
      type: 'web_search',
      ...(size !== undefined && { search_context_size: size }),
      ...(place && { user_location: { type: 'approximate', ...place } }),
    },
  ];
}

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
function encodeTool(tool: FitTool): unknown {
  if (tool.kind !== 'function') return flat(tool.tool);
  const { name, description, parameters, strict = false } = tool;
  return { type: 'function', name, ...(description !== undefined && { description }), parameters, strict };
}

function encodeChoice(
  { mode, only, allowed }: FitChoice,
  tools: readonly FitTool[],
  given: unknown,
): unknown {
  if (only === undefined && allowed === undefined) return mode;
  const tool = tools.find(({ name }) => name === only);
  return tool?.kind === 'function' ? { type: 'function', name: only } : flat(given);
}

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

const formatOf = (format: FitFormat | undefined): object | undefined =>
  format?.type === 'json_schema'
    ? { type: 'json_schema', ...format.given, name: format.name }
    : format?.type === 'own'
      ? format.given
      : format;
