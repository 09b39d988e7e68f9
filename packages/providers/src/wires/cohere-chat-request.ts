// ChatRequest → the JSON body of a Cohere v2 chat. Source: https://docs.cohere.com/v2/reference/chat
import type { ChatRequest, Content, ContentPart, Message, ResponseFormat, Tool } from '@g4f/core';
import { partsOf } from './message-content.ts';
import { ownParameters } from './parameters.ts';
import type { Quirks, RequestBody, Warn } from './wire.ts';

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
  const { model, stream, messages, stop, tools = [], response_format } = request;
  const own = ownParameters(request, TRANSLATED, warn);
  const limit = request.max_completion_tokens ?? request.max_tokens;
  const renamed = Object.entries(RENAMED).flatMap(([name, theirs]) => {
    const value = request[name];
    return value == null ? [] : [[theirs, value] as const];
  });
  const format = formatOf(response_format);
  return {
    model,
    messages: messages.map((message) => encodeMessage(message, warn)),
    stream,
    ...Object.fromEntries(renamed),
    ...(limit != null && { max_tokens: limit }),
    ...(stop != null && { stop_sequences: typeof stop === 'string' ? [stop] : stop }),
    ...(tools.length > 0 && { tools: tools.map(encodeTool) }),
    ...(tools.length > 0 && choiceOf(request, warn)),
    ...(format !== undefined && { response_format: format }),
    ...(own.thinking === undefined && thinkingOf(request.reasoning_effort)),
    ...own,
  };
};

function encodeMessage(message: Message, warn: Warn): object {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: encodeContent(message.content, warn) };
    case 'user':
      return { role: 'user', content: encodeContent(message.content, warn) };
    case 'tool':
      return {
        role: 'tool',
        tool_call_id: message.tool_call_id,
        content: encodeContent(message.content, warn),
      };
    default: {
      const { content, tool_calls, tool_plan } = message as typeof message & { readonly tool_plan?: unknown };
      const said = encodeContent(content, warn);
      return {
        role: 'assistant',
        ...(said !== '' && { content: said }),
        ...(tool_calls !== undefined && tool_calls.length > 0 && { tool_calls }),
        ...(typeof tool_plan === 'string' && { tool_plan }),
      };
    }
  }
}

function encodeContent(content: Content | null | undefined, warn: Warn): string | readonly object[] {
  if (content == null || typeof content === 'string') return content ?? '';
  return partsOf(content).flatMap((part) => {
    const made = encodePart(part, warn);
    return made === undefined ? [] : [made];
  });
}

function encodePart(part: ContentPart, warn: Warn): object | undefined {
  if (part.type === 'refusal') return { type: 'text', text: part.refusal };
  if (part.type !== 'input_audio' && part.type !== 'file') return part;
  const kind = part.type === 'file' ? 'files' : 'audio';
  return void warn(`this backend takes no ${kind}: a part of a message was not sent.`);
}

/** Functions as OpenAI writes them; `strict` is a parameter of the whole request here. */
function encodeTool(tool: Tool): object {
  if (tool.function === undefined) return tool;
  const { strict: _, ...fn } = tool.function;
  return { type: 'function', function: fn };
}

function choiceOf({ tool_choice: choice }: ChatRequest, warn: Warn): object {
  if (choice === 'required') return { tool_choice: 'REQUIRED' };
  if (choice === 'none') return { tool_choice: 'NONE' };
  if (typeof choice !== 'object' || choice === null) return {};
  warn(`this backend cannot be told which tool to call: any may be, not only ${choice.function.name}.`);
  return { tool_choice: 'REQUIRED' };
}

function formatOf(format: ResponseFormat | undefined): object | undefined {
  if (format == null || format.type === 'text') return undefined;
  const schema = format.type === 'json_schema' ? format.json_schema.schema : undefined;
  return { type: 'json_object', ...(schema !== undefined && { json_schema: schema }) };
}

/** Tokens that an effort stands for. Source: https://docs.cohere.com/docs/reasoning */
const BUDGETS: Readonly<Record<string, number>> = { minimal: 512, low: 1024, medium: 8192, high: 24_576 };

function thinkingOf(effort: string | null | undefined): object {
  if (effort == null) return {};
  if (effort === 'none') return { thinking: { type: 'disabled' } };
  const budget = BUDGETS[effort];
  return { thinking: { type: 'enabled', ...(budget !== undefined && { token_budget: budget }) } };
}
