// ChatRequest → the JSON body of an Anthropic message: system apart, a limit always, thinking by the model's age.
// Source: https://platform.claude.com/docs/en/api/messages/create
import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from '@g4f/core';
import { encodeMessages, encodeSystem } from './anthropic-messages-content.ts';
import { ownParameters } from './parameters.ts';
import type { Quirks, RequestBody, Warn } from './wire.ts';

const TRANSLATED: ReadonlySet<string> = new Set([
  ...['temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice'],
  ...['parallel_tool_calls', 'response_format', 'reasoning_effort', 'user', 'service_tier'],
]);

/** The body. A limit must be sent: without one of the caller's it is the most that the older models of its kind take. */
export const encodeAnthropicRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { model, stream, temperature, top_p, stop, tools, user, service_tier } = request;
  const own = ownParameters(request, TRANSLATED, warn);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? defaultLimit(model);
  const thinking = own.thinking === undefined ? thinkingOf(request, limit, warn) : {};
  const thinks = own.thinking !== undefined || 'thinking' in thinking;
  if (thinks && temperature != null && temperature !== 1)
    warn('temperature is fixed while the model thinks: not sent.');
  const format = formatOf(request.response_format, warn);
  const config = { ...thinking.output_config, ...(format && { format }), ...Object(own.output_config) };
  return {
    model,
    max_tokens: limit,
    ...encodeSystem(request.messages),
    messages: encodeMessages(request.messages, warn),
    stream,
    ...(temperature != null && !thinks && { temperature }),
    ...(top_p != null && { top_p }),
    ...(stop != null && { stop_sequences: typeof stop === 'string' ? [stop] : stop }),
    ...(tools !== undefined && tools.length > 0 && { tools: tools.map(encodeTool) }),
    ...choiceOf(request),
    ...(user !== undefined && { metadata: { user_id: user } }),
    ...(service_tier != null && { service_tier }),
    ...(thinking.thinking !== undefined && { thinking: thinking.thinking }),
    ...own,
    ...(Object.keys(config).length > 0 && { output_config: config }),
  };
};

/** Source: https://platform.claude.com/docs/en/about-claude/models/overview */
function defaultLimit(model: string): number {
  if (/claude-3-5/.test(model)) return 8192;
  return /claude-(3-(opus|sonnet|haiku)|2|instant)/.test(model) ? 4096 : 32_000;
}

/** A function of ours, or a tool of the service's own (web search, code execution), which goes as it is. */
function encodeTool(tool: Tool): object {
  if (tool.type !== 'function' || tool.function === undefined) return tool;
  const { type: _, function: fn, ...others } = tool;
  return {
    ...others,
    name: fn.name,
    ...(fn.description !== undefined && { description: fn.description }),
    input_schema: fn.parameters ?? { type: 'object', properties: {} },
    ...(fn.strict === true && { strict: true }),
  };
}

function choiceOf({ tool_choice, parallel_tool_calls, tools }: ChatRequest): object {
  const inTurn = parallel_tool_calls === false && { disable_parallel_tool_use: true };
  if (tool_choice == null && !inTurn) return {};
  if (tools === undefined || tools.length === 0) return {};
  const choice = toolChoice(tool_choice ?? 'auto');
  return { tool_choice: choice.type === 'none' ? choice : { ...choice, ...inTurn } };
}

function toolChoice(choice: ToolChoice): { readonly type: string; readonly name?: string } {
  if (typeof choice === 'object') return { type: 'tool', name: choice.function.name };
  return { type: choice === 'required' ? 'any' : choice };
}

function formatOf(format: ResponseFormat | undefined, warn: Warn): object | undefined {
  if (format?.type === 'json_schema' && format.json_schema.schema !== undefined)
    return { type: 'json_schema', schema: format.json_schema.schema };
  if (format != null && format.type !== 'text')
    warn('this backend can promise JSON only by a schema: response_format was not sent.');
  return undefined;
}

interface Thinking {
  readonly thinking?: object;
  readonly output_config?: object;
}

/** Models up to Claude 4.5 take a budget of tokens, later ones decide by themselves and take an effort. */
const TAKES_BUDGET = /claude-(3|(opus|sonnet|haiku)-4(-[015])?(-\d{8})?$)/;
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 24_576,
  xhigh: 30_000,
};
const LEAST_BUDGET = 1024;

/** Source: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking and /extended-thinking */
function thinkingOf({ reasoning_effort: effort, model }: ChatRequest, limit: number, warn: Warn): Thinking {
  if (effort == null || effort === 'none') return {};
  if (!TAKES_BUDGET.test(model)) {
    const level = effort === 'minimal' ? 'low' : effort;
    return { thinking: { type: 'adaptive' }, output_config: { effort: level } };
  }
  const budget = Math.min(BUDGETS[effort] ?? BUDGETS.medium ?? LEAST_BUDGET, limit - 1);
  if (budget >= LEAST_BUDGET) return { thinking: { type: 'enabled', budget_tokens: budget } };
  warn(
    `thinking needs more than ${LEAST_BUDGET} tokens, and the limit is ${limit}: the model does not think.`,
  );
  return {};
}
