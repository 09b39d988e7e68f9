// DeepSeek: the makers of the DeepSeek models. Source: https://api-docs.deepseek.com and /guides/thinking_mode
// It serves DeepSeek-V4.1-Flash under every name it still takes (deepseek-v4-pro too, since 14 September 2026),
// so no other family is offered.
import type { ChatRequest, Message } from '@g4f/core';
import { openaiCompatible } from '../openai-compatible.ts';

type Body = Readonly<Record<string, unknown>>;

export default openaiCompatible({
  id: 'deepseek',
  name: 'DeepSeek',
  website: 'https://api-docs.deepseek.com',
  baseURL: 'https://api.deepseek.com',
  env: ['DEEPSEEK_API_KEY'],
  features: ['tools', 'reasoning'],
  models: { 'deepseek-v4.1-flash': 'deepseek-flash' },
  quirks: { adaptBody: withReasoningOfCalls },
});

/** Once a tool has been called, it answers 400 unless its reasoning comes back with every message of its own. */
function withReasoningOfCalls(body: Body, { messages }: ChatRequest): Body {
  return messages.some(callsTool) ? { ...body, messages: messages.map(withReasoning) } : body;
}

const callsTool = (message: Message): boolean =>
  message.role === 'assistant' && message.tool_calls !== undefined && message.tool_calls.length > 0;

function withReasoning(message: Message): object {
  if (message.role !== 'assistant') return message;
  const { reasoning = '', reasoning_details: _, ...rest } = message;
  return { ...rest, reasoning_content: reasoning };
}
