// ChatRequest → the JSON body of an Anthropic message: system apart, a limit always, thinking and sampling by the model's age.
// Source: https://platform.claude.com/docs/en/api/messages/create
import type { ChatRequest } from '@g4f/core';
import { type ClaudeTakes, claudeTakes } from '../../models/takes/claude.ts';
import { asObject, type Json } from '../decoding/json.ts';
import { fitConversation, withUserTurn } from '../fit/conversation.ts';
import { pick } from '../fit/message-content.ts';
import { checkSaidOnce, numberOf, ownParameters } from '../fit/parameters.ts';
import {
  type FitChoice,
  type FitTool,
  type FitTools,
  readFormat,
  readFunctions,
  readStop,
} from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import { wantedSearch } from '../fit/web-search.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';
import { sumsUp } from './compaction.ts';
import { ANTHROPIC_IDS, encodeMessages, encodeSystem } from './content.ts';
import { type Thinking, thinkingOf, thoughtsAreKept } from './thinking.ts';

const TRANSLATED: ReadonlySet<string> = new Set([
  ...['temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice'],
  ...['parallel_tool_calls', 'response_format', 'reasoning_effort', 'user', 'service_tier'],
  'web_search_options',
]);

/** The body. A limit must be sent: without one of the caller's it is the most that the older models of its kind take. */
export const encodeAnthropicRequest = (
  request: ChatRequest,
  _quirks: Quirks,
  warn: Warn,
  extra: Json = {},
): RequestBody => {
  const { model, stream, user, service_tier } = request;
  const takes = claudeTakes(model);
  const own = ownParameters(request, TRANSLATED, warn);
  const messages = withUserTurn(fitConversation(request.messages, { callIds: ANTHROPIC_IDS }, warn), warn);
  const system = encodeSystem(messages);
  checkSaidOnce(system, own);
  const ownTools = searchOf(request, warn);
  const tools = readFunctions(request, warn, ownTools.length > 0);
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens) ?? takes.limit;
  const asked = { effort: request.reasoning_effort, limit, forced: isForced(tools) };
  const thinking = own.thinking != null ? {} : thinkingOf(asked, takes, thoughtsAreKept(messages), warn);
  const stop = readStop(request.stop);
  const format = formatOf(request.response_format, warn);
  const config = { ...thinking.output_config, ...(format && { format }), ...asObject(own.output_config) };
  return {
    model,
    max_tokens: limit,
    ...system,
    messages: encodeMessages(
      messages,
      {
        continues: takes.continues && !thinks(own, thinking),
        summaries: sumsUp({ ...own, ...extra }),
      },
      warn,
    ),
    stream,
    ...samplingOf(request, takes, thinks(own, thinking), warn),
    ...(stop !== undefined && { stop_sequences: stop }),
    ...(tools.tools.length + ownTools.length > 0 && {
      tools: [...tools.tools.map(encodeTool), ...ownTools],
      ...choiceOf(request, tools, own, warn),
    }),
    ...(user != null && { metadata: { user_id: user } }),
    ...(service_tier != null && { service_tier }),
    ...(thinking.thinking !== undefined && { thinking: thinking.thinking }),
    ...own,
    ...(Object.keys(config).length > 0 && { output_config: config }),
  };
};

const thinks = (own: Json, { thinking }: Thinking): boolean =>
  (asObject(own.thinking)?.type ?? asObject(thinking)?.type ?? 'disabled') !== 'disabled';

/** Its temperatures end at 1, and thinking fixes them; newer models have none. Source: the notes on each parameter in its reference. */
function samplingOf(request: ChatRequest, { sampling }: ClaudeTakes, thinks: boolean, warn: Warn): object {
  const [temperature, top_p, top_k] = [request.temperature, request.top_p, request.top_k].map(numberOf);
  const given = { temperature, top_p, top_k };
  const refused = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (sampling === 'none') return value === 1 && name !== 'top_k' ? [] : [name];
    if (thinks && name === 'temperature') return value === 1 ? [] : [name];
    if (thinks && (name === 'top_k' || value < 0.95)) return [name];
    return sampling === 'one' && name === 'top_p' && temperature !== undefined && !thinks ? [name] : [];
  });
  if (refused.length > 0)
    warn(`${refused.join(', ')} cannot be set for this model${thinks ? ' while it thinks' : ''}: not sent.`);
  if (sampling === 'none') return {};
  const warm = temperature !== undefined && temperature > 1;
  if (warm && !thinks) warn('temperature ends at 1 here: 1 was sent.');
  return {
    ...(temperature !== undefined && !thinks && { temperature: warm ? 1 : temperature }),
    ...(top_p !== undefined && !refused.includes('top_p') && { top_p }),
    ...(top_k !== undefined && !refused.includes('top_k') && { top_k }),
  };
}

/** A function of ours, or a tool of the service's own (web search, code execution), which goes as it is. */
function encodeTool(tool: FitTool): object {
  if (tool.kind !== 'function') return tool.tool;
  return {
    ...pick(tool.beside, [
      'cache_control',
      'defer_loading',
      'input_examples',
      'eager_input_streaming',
      'allowed_callers',
    ]),
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    // Its schema must name the type at its top.
    input_schema: { type: 'object', ...tool.parameters },
    ...(tool.strict === true && { strict: true }),
  };
}

/** The service's own search. Source: https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool */
function searchOf(request: ChatRequest, warn: Warn): readonly object[] {
  const wanted = wantedSearch(request);
  if (wanted === undefined) return [];
  if (wanted.size !== undefined)
    warn('this provider has no sizes of a search: search_context_size was not sent.');
  const place = wanted.place && { user_location: { type: 'approximate', ...wanted.place } };
  // The version that every model has; later ones run code to filter what was found.
  return [{ type: 'web_search_20250305', name: 'web_search', ...place }];
}

const isForced = ({ tools, choice }: FitTools): boolean => tools.length > 0 && choice?.mode === 'required';

/** A tool cannot be forced while the model thinks, as the caller's own `thinking` says. */
function choiceOf({ parallel_tool_calls }: ChatRequest, tools: FitTools, own: Json, warn: Warn): object {
  const inTurn = parallel_tool_calls === false && { disable_parallel_tool_use: true };
  const { mode, only }: FitChoice = tools.choice ?? { mode: 'auto' };
  if (tools.choice === undefined && !inTurn) return {};
  if (mode === 'none') return { tool_choice: { type: 'none' } };
  const asksToThink = (asObject(own.thinking)?.type ?? 'disabled') !== 'disabled';
  if (mode === 'auto' || asksToThink) {
    if (mode !== 'auto')
      warn('no tool can be forced while the model thinks: tool_choice was sent as "auto".');
    return { tool_choice: { type: 'auto', ...inTurn } };
  }
  const forced = only === undefined ? { type: 'any' } : { type: 'tool', name: only };
  return { tool_choice: { ...forced, ...inTurn } };
}

function formatOf(given: unknown, warn: Warn): object | undefined {
  const format = readFormat(given);
  if (format?.type === 'json_schema' && format.schema !== undefined)
    return { type: 'json_schema', schema: format.schema };
  if (format !== undefined)
    warn('this provider can promise JSON only by a schema: response_format was not sent.');
  return undefined;
}
