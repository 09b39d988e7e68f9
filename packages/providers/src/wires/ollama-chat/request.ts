// ChatRequest → the JSON body of an Ollama chat. Source: https://docs.ollama.com/api/chat
import type { ChatRequest } from '@g4f/core';
import { asObject } from '../decoding/json.ts';
import { fitConversation } from '../fit/conversation.ts';
import { readDataURL } from '../fit/data-url.ts';
import type { FitAssistant, FitContent, FitMessage } from '../fit/message.ts';
import { argumentsOf, mediaOf, textOf } from '../fit/message-content.ts';
import { effortOf, numberOf, ownParameters } from '../fit/parameters.ts';
import { type FitTool, readFormat, readFunctions, readStop } from '../fit/read-tools.ts';
import type { Warn } from '../fit/warn.ts';
import { encodeEach } from '../media/left-out.ts';
import type { RequestBody } from '../request-body.ts';
import type { Quirks } from '../wire.ts';

/** Settings of the model: they go into `options`. Source: https://docs.ollama.com/modelfile#valid-parameters-and-values */
const OPTIONS = [
  ...['temperature', 'top_p', 'seed', 'presence_penalty', 'frequency_penalty'],
  ...['top_k', 'min_p', 'repeat_penalty', 'repeat_last_n', 'num_ctx', 'num_predict'],
] as const;
const TRANSLATED: ReadonlySet<string> = new Set([
  ...OPTIONS,
  ...['max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice', 'response_format'],
  ...['reasoning_effort', 'logprobs', 'top_logprobs'],
]);

/** The body. The caller's own `options`, `keep_alive` and `think` go over what is made of OpenAI's parameters. */
export const encodeOllamaRequest = (request: ChatRequest, _quirks: Quirks, warn: Warn): RequestBody => {
  const { model, stream, logprobs, top_logprobs } = request;
  const { options, ...own } = ownParameters(request, TRANSLATED, warn);
  const all = { ...optionsOf(request), ...asObject(options) };
  const format = formatOf(request.response_format, warn);
  const { tools, choice } = readFunctions(request, warn);
  if (choice?.mode === 'required')
    warn('this provider cannot be made to call a tool: tool_choice was not sent.');
  return {
    model,
    messages: encodeEach(
      fitConversation(request.messages, { lonelyResults: true }, warn),
      { service: 'Ollama', encode: encodeMessage },
      warn,
    ),
    stream,
    ...(tools.length > 0 && choice?.mode !== 'none' && { tools: tools.map(encodeTool) }),
    ...(format !== undefined && { format }),
    ...thinkingOf(request.reasoning_effort),
    ...(logprobs != null && { logprobs }),
    ...(top_logprobs != null && { top_logprobs }),
    ...(Object.keys(all).length > 0 && { options: all }),
    ...own,
  };
};

function optionsOf(request: ChatRequest): object {
  const limit = numberOf(request.max_completion_tokens) ?? numberOf(request.max_tokens);
  const stop = readStop(request.stop);
  const given = OPTIONS.filter((name) => request[name] != null);
  return {
    ...Object.fromEntries(given.map((name) => [name, request[name]])),
    ...(limit !== undefined && { num_predict: limit }),
    ...(stop !== undefined && { stop }),
  };
}

function formatOf(given: unknown, warn: Warn): unknown {
  const format = readFormat(given);
  if (format === undefined) return undefined;
  if (format.type === 'json_object') return 'json';
  if (format.type === 'json_schema') return format.schema ?? 'json';
  return void warn('this provider knows no such response_format: not sent.');
}

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

const EFFORTS: ReadonlyMap<string, boolean | string> = new Map<string, boolean | string>([
  ['none', false],
  ['minimal', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
  ['max', 'high'],
]);

/** Most models know only whether to think; some how much. Source: https://docs.ollama.com/capabilities/thinking */
const thinkingOf = (given: unknown): object => {
  const effort = effortOf(given);
  return effort === undefined ? {} : { think: EFFORTS.get(effort) ?? true };
};

function encodeMessage(message: FitMessage, warn: Warn): object {
  switch (message.role) {
    case 'assistant':
      return saidBefore(message, warn);
    case 'tool':
      return {
        role: 'tool',
        ...encodeContent(message.content, warn),
        ...(message.name !== '' && { tool_name: message.name }),
        tool_call_id: message.id,
      };
    default:
      return {
        role: message.role === 'developer' ? 'system' : message.role,
        ...encodeContent(message.content, warn),
      };
  }
}

function saidBefore({ content, reasoning, calls }: FitAssistant, warn: Warn): object {
  const made = calls.map((call) => ({
    id: call.id,
    function: { name: call.name, arguments: argumentsOf(call, warn) },
  }));
  return {
    role: 'assistant',
    ...encodeContent(content, warn),
    ...(reasoning !== '' && { thinking: reasoning }),
    ...(made.length > 0 && { tool_calls: made }),
  };
}

/** Text, and pictures beside it: their bytes only, for it fetches none. */
function encodeContent(content: FitContent, warn: Warn): object {
  const images = mediaOf(content).flatMap((part) => {
    const inline = part.type === 'image_url' ? readDataURL(part.image_url.url) : undefined;
    if (inline !== undefined) return [inline.base64];
    const type = part.type === 'own' ? part.part.type : part.type;
    const what = type === 'image_url' ? 'pictures only as data URLs' : `no part of the type ${type}`;
    warn(`this provider takes ${what}: a part of a message was not sent.`);
    return [];
  });
  return { content: textOf(content), ...(images.length > 0 && { images }) };
}
