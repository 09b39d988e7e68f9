// ChatRequest → the JSON body of a chat completion.
import type { ChatRequest, Message } from '@g4f/core';
import type { OpenAIChatQuirks } from './openai-chat.ts';

/** The body before it becomes text. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** The body as JSON. The request is not changed. A stream is asked to tell its token counts unless the caller said otherwise. */
export const encodeRequest = (request: ChatRequest, quirks: OpenAIChatQuirks): string => {
  const { max_tokens, max_completion_tokens, stream_options, messages, ...rest } = request;
  const limit = max_completion_tokens ?? max_tokens;
  const body: RequestBody = {
    ...rest,
    messages: withoutReasoning(messages),
    ...(limit != null && { [quirks.maxTokensField ?? 'max_tokens']: limit }),
    ...(request.stream && { stream_options: { include_usage: true, ...stream_options } }),
  };
  return JSON.stringify(quirks.adaptBody?.(body, request) ?? body);
};

/** `reasoning` is our field: services refuse it in what is sent back to them. */
const withoutReasoning = (messages: readonly Message[]): readonly Message[] =>
  messages.some((message) => 'reasoning' in message)
    ? messages.map((message) => {
        if (message.role !== 'assistant') return message;
        const { reasoning: _, ...rest } = message;
        return rest;
      })
    : messages;
