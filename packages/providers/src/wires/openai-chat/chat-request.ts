// ChatRequest → the JSON body of a chat completion. Source: https://platform.openai.com/docs/api-reference/chat/create
import type { ChatRequest } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import { asObject } from '../decoding/json.ts';
import {
  type FitFormat,
  type FitTool,
  type FitTools,
  readFormat,
  readFunctions,
  readStop,
  readTools,
} from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';
import { encodeChatMessages } from './chat-messages.ts';

/**
 * The body. The request is not changed; null says nothing, and is not sent. A stream is asked to tell its token counts
 * unless the caller said otherwise.
 */
export const encodeRequest = (request: ChatRequest, quirks: Quirks, warn: Warn): RequestBody => {
  const { messages } = quirks;
  const tools = messages?.customTools ? readTools(request) : readFunctions(request, warn);
  const body: Record<string, unknown> = withFields(request, {
    messages: encodeChatMessages(request.messages, messages, warn),
    tools: tools.tools.length > 0 ? tools.tools.map(encodeTool) : undefined,
    tool_choice:
      tools.tools.length > 0 ? choiceOf(tools, request, messages?.customTools === true) : undefined,
    response_format: formatOf(readFormat(request.response_format)),
    stop: readStop(request.stop) === undefined ? undefined : request.stop,
    // JSON leaves out what is undefined.
    max_tokens: undefined,
    max_completion_tokens: undefined,
    stream_options: request.stream ? { include_usage: true, ...asObject(request.stream_options) } : undefined,
  });
  if (tools.tools.length === 0) body.parallel_tool_calls = undefined;
  const limit = request.max_completion_tokens ?? request.max_tokens;
  if (limit != null) body[quirks.maxTokensField ?? 'max_tokens'] = limit;
  for (const name in body) if (body[name] === null) body[name] = undefined;
  return body;
};

const encodeTool = (tool: FitTool): object =>
  tool.kind === 'function'
    ? {
        type: 'function',
        function: {
          name: tool.name,
          ...(tool.description !== undefined && { description: tool.description }),
          parameters: tool.parameters,
          ...(tool.strict !== undefined && { strict: tool.strict }),
        },
      }
    : tool.tool;

/** As it was given where only OpenAI's own services know it: these are the ones that it is read for. */
function choiceOf({ tools, choice }: FitTools, { tool_choice }: ChatRequest, native: boolean): unknown {
  if (native && choice?.allowed !== undefined) return tool_choice;
  if (choice?.only === undefined) return choice?.mode;
  const tool = tools.find(({ name }) => name === choice.only);
  return tool?.kind === 'function' ? { type: 'function', function: { name: choice.only } } : tool_choice;
}

const formatOf = (format: FitFormat | undefined): object | undefined =>
  format?.type === 'json_schema'
    ? { type: 'json_schema', json_schema: { ...format.given, name: format.name } }
    : format?.type === 'own'
      ? format.given
      : format;
