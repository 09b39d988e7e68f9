// A request for a response → a request for a chat, for providers that have no responses of their own.
// Source: https://platform.openai.com/docs/guides/migrate-to-responses
import type { ChatRequest, Message, ResponseRequest } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import { toChoice, toFormat, toTools } from './chat-tools.ts';
import { toMessages } from './input-messages.ts';
import type { Losses } from './losses.ts';

/** What a request comes to where there is only chat. */
export interface Translation {
  readonly request: ChatRequest;
  /** What could not be carried over, and may be done without. */
  readonly warnings: readonly string[];
  /** What the answer would be wrong without. */
  readonly refusals: readonly string[];
}

/** The parameters that are translated, or have no place in a chat. All others go as they are. */
const TRANSLATED: ReadonlySet<string> = new Set([
  ...[
    'model',
    'input',
    'instructions',
    'stream',
    'stream_options',
    'tools',
    'tool_choice',
    'text',
    'reasoning',
  ],
  ...[
    'max_output_tokens',
    'parallel_tool_calls',
    'top_logprobs',
    'include',
    'metadata',
    // Labels of Codex for OpenAI.
    'client_metadata',
    'store',
    'background',
  ],
  ...['previous_response_id', 'conversation', 'prompt', 'truncation', 'max_tool_calls', 'n'],
]);

/** The chat that asks for the same; the request is not changed. */
export function toChatRequest(request: ResponseRequest): Translation {
  const warnings = new Set<string>();
  const refusals = new Set<string>();
  const losses: Losses = {
    warn: (message) => void warnings.add(message),
    refuse: (what) => void refusals.add(what),
  };
  tellOfService(request, losses);
  const chat: ChatRequest = {
    ...othersOf(request),
    ...parametersOf(request),
    ...toolsOf(request, losses),
    model: request.model,
    messages: messagesOf(request, losses),
    stream: request.stream,
  };
  return { request: chat, warnings: [...warnings], refusals: [...refusals] };
}

const messagesOf = ({ instructions, input = [] }: ResponseRequest, losses: Losses): readonly Message[] => [
  ...(instructions === undefined ? [] : [{ role: 'system', content: instructions } as const]),
  ...(typeof input === 'string' ? [{ role: 'user', content: input } as const] : toMessages(input, losses)),
];

const othersOf = (request: ResponseRequest): object =>
  Object.fromEntries(Object.entries(request).filter(([name]) => !TRANSLATED.has(name)));

function parametersOf({
  max_output_tokens: limit,
  reasoning,
  text,
  top_logprobs: most,
  include,
}: ResponseRequest): object {
  const { effort } = isFields(reasoning) ? reasoning : {};
  const { format, verbosity } = isFields(text) ? text : {};
  const asked = Array.isArray(include) && include.includes('message.output_text.logprobs');
  return {
    ...(limit !== undefined && { max_tokens: limit }),
    ...(effort != null && { reasoning_effort: effort }),
    ...(verbosity != null && { verbosity }),
    ...(format != null && { response_format: toFormat(format) }),
    ...(asked && { logprobs: true, ...(most !== undefined && { top_logprobs: most }) }),
  };
}

function toolsOf({ tools, tool_choice, parallel_tool_calls }: ResponseRequest, losses: Losses): object {
  const translated = toTools(Array.isArray(tools) ? tools : [], losses);
  if (translated.length === 0) return {};
  const choice = toChoice(tool_choice, losses);
  return {
    tools: translated,
    ...(choice !== undefined && { tool_choice: choice }),
    ...(parallel_tool_calls !== undefined && { parallel_tool_calls }),
  };
}

/** What only a service that keeps responses can do. Without what it keeps, the answer would be to another question. */
function tellOfService(request: ResponseRequest, { warn, refuse }: Losses): void {
  for (const name of ['previous_response_id', 'conversation', 'prompt'])
    if (request[name] !== undefined) refuse(`${name}, which names what another service keeps`);
  if (request.store === true)
    warn('the response is not stored: send what it says back with the next request');
  if (request.background === true) warn('the response is not made in the background: it is waited for');
  if (request.truncation === 'auto')
    warn('truncation is not done: a conversation that is too long is an error');
  if (request.max_tool_calls !== undefined)
    warn('max_tool_calls counts tools that the service runs: not sent');
  if (typeof request.n === 'number' && request.n > 1) warn('a response has one answer: n is not sent');
}
