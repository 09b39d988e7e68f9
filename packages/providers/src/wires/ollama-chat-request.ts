// ChatRequest → the JSON body of an Ollama chat. Source: https://docs.ollama.com/api/chat
import type { AssistantMessage, ChatRequest, Content, Message, ResponseFormat } from '@g4f/core';
import { asObject } from './json.ts';
import { argumentsOf, namesOfCalls, partsOf, readDataURL, textOf } from './message-content.ts';
import { ownParameters } from './parameters.ts';
import type { Quirks, RequestBody, Warn } from './wire.ts';

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
  const { model, stream, messages, tools = [], tool_choice, logprobs, top_logprobs } = request;
  const { options, ...own } = ownParameters(request, TRANSLATED, warn);
  const all = { ...optionsOf(request), ...asObject(options) };
  const format = formatOf(request.response_format);
  if (tool_choice != null && tool_choice !== 'auto' && tool_choice !== 'none')
    warn('this backend cannot be made to call a tool: tool_choice was not sent.');
  return {
    model,
    messages: encodeMessages(messages, warn),
    stream,
    ...(tools.length > 0 && tool_choice !== 'none' && { tools }),
    ...(format !== undefined && { format }),
    ...thinkingOf(request.reasoning_effort),
    ...(logprobs != null && { logprobs }),
    ...(top_logprobs != null && { top_logprobs }),
    ...(Object.keys(all).length > 0 && { options: all }),
    ...own,
  };
};

function optionsOf(request: ChatRequest): object {
  const { stop } = request;
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const given = OPTIONS.filter((name) => request[name] != null);
  return {
    ...Object.fromEntries(given.map((name) => [name, request[name]])),
    ...(limit != null && { num_predict: limit }),
    ...(stop != null && { stop: typeof stop === 'string' ? [stop] : stop }),
  };
}

function formatOf(format: ResponseFormat | undefined): unknown {
  if (format == null || format.type === 'text') return undefined;
  return format.type === 'json_schema' ? (format.json_schema.schema ?? 'json') : 'json';
}

const EFFORTS: ReadonlyMap<string, boolean | string> = new Map<string, boolean | string>([
  ['none', false],
  ['minimal', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
]);

/** Most models know only whether to think; some how much. Source: https://docs.ollama.com/capabilities/thinking */
const thinkingOf = (effort: string | null | undefined): object =>
  effort == null ? {} : { think: EFFORTS.get(effort) ?? true };

function encodeMessages(messages: readonly Message[], warn: Warn): readonly object[] {
  const names = namesOfCalls(messages);
  return messages.map((message) => {
    switch (message.role) {
      case 'assistant':
        return saidBefore(message, warn);
      case 'tool': {
        const { tool_call_id: id, content } = message;
        const name = names.get(id);
        return {
          role: 'tool',
          ...encodeContent(content, warn),
          ...(name !== undefined && { tool_name: name }),
          tool_call_id: id,
        };
      }
      default:
        return {
          role: message.role === 'developer' ? 'system' : message.role,
          ...encodeContent(message.content, warn),
        };
    }
  });
}

function saidBefore({ content, reasoning, tool_calls = [] }: AssistantMessage, warn: Warn): object {
  const calls = tool_calls.map((call) => ({
    id: call.id,
    function: { name: call.function.name, arguments: argumentsOf(call, warn) },
  }));
  return {
    role: 'assistant',
    ...encodeContent(content, warn),
    ...(reasoning !== undefined && { thinking: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** Text, and pictures beside it: their bytes only, for it fetches none. */
function encodeContent(content: Content | null | undefined, warn: Warn): object {
  const images = partsOf(content).flatMap((part) => {
    if (part.type === 'text' || part.type === 'refusal') return [];
    const inline = part.type === 'image_url' ? readDataURL(part.image_url.url) : undefined;
    if (inline !== undefined) return [inline.base64];
    const what =
      part.type === 'image_url' ? 'pictures only as data URLs' : `no part of the type ${part.type}`;
    warn(`this backend takes ${what}: a part of a message was not sent.`);
    return [];
  });
  return { content: textOf(content), ...(images.length > 0 && { images }) };
}
