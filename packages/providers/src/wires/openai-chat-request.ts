// ChatRequest → the JSON body of a chat completion.
import { type ChatRequest, type Message, withFields } from '@g4f/core';
import type { Quirks, RequestBody } from './wire.ts';

/** The body. The request is not changed. A stream is asked to tell its token counts unless the caller said otherwise. */
export const encodeRequest = (request: ChatRequest, quirks: Quirks): RequestBody => {
  const { max_tokens, max_completion_tokens, stream_options, messages } = request;
  const limit = max_completion_tokens ?? max_tokens;
  const body: Record<string, unknown> = withFields(request, {
    messages: withoutReasoning(messages),
    // JSON leaves out what is undefined.
    max_tokens: undefined,
    max_completion_tokens: undefined,
    stream_options: request.stream ? { include_usage: true, ...stream_options } : undefined,
  });
  if (limit != null) body[quirks.maxTokensField ?? 'max_tokens'] = limit;
  return body;
};

/** These are our fields: services refuse them in what is sent back to them. */
const withoutReasoning = (messages: readonly Message[]): readonly Message[] =>
  messages.some((message) => 'reasoning' in message || 'reasoning_details' in message)
    ? messages.map((message) => {
        if (message.role !== 'assistant') return message;
        const { reasoning: _, reasoning_details: __, ...rest } = message;
        return rest;
      })
    : messages;
