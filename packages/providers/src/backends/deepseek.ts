// DeepSeek: the makers of the DeepSeek models. Source: https://api-docs.deepseek.com and /guides/thinking_mode
// It serves DeepSeek-V4.1-Flash under every name it still takes (deepseek-v4-pro too, since 14 September 2026),
// so no other family is offered.
import type { ChatRequest } from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { objectsIn } from '../wires/decoding/json.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';
import { isBare, lastAsked, nothingLeft } from '../wires/media/left-out.ts';
import { completions } from '../wires/openai-chat/operations.ts';
import type { RequestBody } from '../wires/request-body.ts';

export default openaiCompatible({
  id: 'deepseek',
  name: 'DeepSeek',
  website: 'https://api-docs.deepseek.com',
  baseURL: 'https://api.deepseek.com',
  env: ['DEEPSEEK_API_KEY'],
  features: ['tools', 'reasoning'],
  models: { 'deepseek-v4.1-flash': 'deepseek-flash' },
  // Beta: https://api-docs.deepseek.com/api/create-completion
  complete: {
    models: { 'deepseek-v4.1-flash': 'deepseek-flash' },
    endpoint: completions({
      path: '/beta/completions',
      takes: [
        ...['suffix', 'max_tokens', 'stop', 'temperature', 'top_p', 'echo', 'logprobs', 'stream_options'],
        ...['frequency_penalty', 'presence_penalty'],
      ],
      onePrompt: true,
    }),
  },
  // Once a tool has been called, it answers 400 unless its reasoning comes back with every message of its own, though it be
  // empty (https://github.com/architects-toolkit/SmartHopper/issues/660); and for a message of the assistant's without words
  // and calls (https://github.com/carlrobertoh/ProxyAI/issues/834).
  quirks: { messages: { plainText: true, reasoningContent: 'after-calls' }, adaptBody: withWords },
});

/** @throws G4FError `invalid-request` where the user asks last by pictures or sound alone: it takes text only. */
function withWords(body: RequestBody, { messages }: ChatRequest): RequestBody {
  const asked = lastAsked(messages);
  const given = objectsIn(messages[asked]?.content);
  const texts = given.filter(({ type }) => type === 'text' || type === 'refusal');
  if (texts.length < given.length && isBare(texts))
    throw nothingLeft('DeepSeek', asked, 'this provider takes text only: a part was not sent.');
  return strictMessages(body);
}
