// ChatRequest → the JSON body of a Cohere v2 chat. Source: https://docs.cohere.com/v2/reference/chat

import type { ChatRequest } from '@g4f/core';
import { ownValue } from '@g4f/core/internal';
import { nearestEffort } from '../../models/effort.ts';
import { fitConversation } from '../fit/conversation.ts';
import { mediaAfterResults } from '../fit/media-after-results.ts';
import type { FitContent, FitMessage, FitPart } from '../fit/message.ts';
import { argumentsText } from '../fit/message-content.ts';
import { effortOf, numberOf, ownParameters } from '../fit/parameters.ts';
import { type FitTool, type FitTools, readFormat, readFunctions, readStop } from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import { encodeEach } from '../media/left-out.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';

/** Parameters that at most change their name. */
const RENAMED: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  top_p: 'p',
  top_k: 'k',
  seed: 'seed',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
  logprobs: 'logprobs',
};
const TRANSLATED: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  ...[
    'max_tokens',
    'max_completion_tokens',
    'stop',
    'tools',
    'tool_choice',
    'response_format',
    'reasoning_effort',
  ],
]);

/** The body. The service's own parameters (`documents`, `citation_options`, `safety_mode`) go as they are. */
export const encodeCohereRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { model, stream } = request;
  const own = ownParameters(request, TRANSLATED, warn);
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens);
  const stop = readStop(request.stop);
  const renamed = Object.entries(RENAMED).flatMap(([name, theirs]) => {
    const value = request[name];
    return value == null ? [] : [[theirs, value] as const];
  });
  const format = formatOf(request.response_format, warn);
  const messages = mediaAfterResults(fitConversation(request.messages, {}, warn));
  return {
    model,
    messages: encodeEach(messages, { service: 'Cohere', encode: encodeMessage }, warn).flat(),
    stream,
    ...Object.fromEntries(renamed),
    ...(limit !== undefined && { max_tokens: limit }),
    ...(stop !== undefined && { stop_sequences: stop }),
    ...toolsOf(readFunctions(request, warn)),
    ...(format !== undefined && { response_format: format }),
    ...(own.thinking === undefined && thinkingOf(effortOf(request.reasoning_effort), limit)),
    ...own,
  };
};

function encodeMessage(message: FitMessage, warn: Warn): object | [] {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: encodeContent(message.content, warn) };
    case 'user':
      return { role: 'user', content: encodeContent(message.content, warn) };
    case 'tool':
      return { role: 'tool', tool_call_id: message.id, content: encodeContent(message.content, warn) };
    default: {
      const { content, calls, beside } = message;
      const said = saysNothing(content) ? '' : encodeContent(content, warn);
      const hasPlan = typeof beside.tool_plan === 'string' && beside.tool_plan !== '';
      // The service refuses a message that says nothing (an answer that was all reasoning, or none).
      if (said.length === 0 && calls.length === 0 && !hasPlan) return [];
      return {
        role: 'assistant',
        ...(said.length > 0 && { content: said }),
        ...(calls.length > 0 && {
          tool_calls: calls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: argumentsText(call, warn) },
          })),
        }),
        ...(hasPlan && { tool_plan: beside.tool_plan }),
      };
    }
  }
}

const saysNothing = (content: FitContent): boolean =>
  typeof content === 'string'
    ? content.trim() === ''
    : content.every((part) => part.type === 'text' && part.text.trim() === '');

const encodeContent = (content: FitContent, warn: Warn): string | readonly object[] =>
  typeof content === 'string' ? content : content.flatMap((part) => encodePart(part, warn));

function encodePart(part: FitPart, warn: Warn): object[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }];
    case 'refusal':
      return [{ type: 'text', text: part.refusal }];
    case 'image_url':
      return [{ type: 'image_url', image_url: part.image_url }];
    case 'own':
      return [part.part];
    default:
      warn(
        `this provider takes no ${part.type === 'file' ? 'files' : 'audio'}: a part of a message was not sent.`,
      );
      return [];
  }
}

/** It cannot be told which tool to call: where there is one choice only, it is given that tool alone. */
function toolsOf({ tools, choice }: FitTools): object {
  const only = tools.filter(({ name }) => name === choice?.only);
  const given = only.length > 0 ? only : tools;
  if (given.length === 0) return {};
  const mode =
    choice === undefined || choice.mode === 'auto' ? {} : { tool_choice: choice.mode.toUpperCase() };
  return { tools: given.map(encodeTool), ...mode };
}

/** Functions as OpenAI writes them; `strict` is a parameter of the whole request here. */
const encodeTool = (tool: FitTool): object =>
  tool.kind === 'function'
    ? {
        type: 'function',
        function: {
          name: tool.name,
          ...(tool.description !== undefined && { description: tool.description }),
          parameters: tool.parameters,
        },
      }
    : tool.tool;

function formatOf(given: unknown, warn: Warn): object | undefined {
  const format = readFormat(given);
  if (format === undefined) return undefined;
  if (format.type === 'own') return void warn('this provider knows no such response_format: not sent.');
  const schema = format.type === 'json_schema' ? format.schema : undefined;
  return { type: 'json_object', ...(schema !== undefined && { json_schema: schema }) };
}

/** Tokens that an effort stands for. Source: https://docs.cohere.com/docs/reasoning */
const BUDGETS: Readonly<Record<string, number>> = { minimal: 512, low: 1024, medium: 8192, high: 24_576 };

function thinkingOf(effort: string | undefined, limit: number | undefined): object {
  if (effort === undefined) return {};
  if (effort === 'none') return { thinking: { type: 'disabled' } };
  const wanted = ownValue(BUDGETS, nearestEffort(effort, Object.keys(BUDGETS)));
  if (wanted === undefined) return { thinking: { type: 'enabled' } };
  // The limit counts thoughts, too: a quarter of it is left for words.
  const budget = limit === undefined ? wanted : Math.min(wanted, Math.floor(limit * 0.75));
  return { thinking: { type: 'enabled', token_budget: budget } };
}
