// Mistral AI: the makers of the Mistral models. Source: https://docs.mistral.ai/api/#tag/chat
// It refuses every field it does not know, so what it calls otherwise, or never had, is put right here.
import type { AssistantMessage, ChatRequest, Message } from '@g4f/core';
import { openaiCompatible } from '../openai-compatible.ts';

type Body = Readonly<Record<string, unknown>>;

export default openaiCompatible({
  id: 'mistral',
  name: 'Mistral AI',
  website: 'https://docs.mistral.ai/api/',
  baseURL: 'https://api.mistral.ai/v1',
  env: ['MISTRAL_API_KEY'],
  features: ['tools', 'images', 'audio', 'json-schema', 'reasoning'],
  models: {
    'mistral-large': 'mistral-large-latest',
    'mistral-large-3': 'mistral-large-2512',
    'mistral-large-4': 'mistral-large-4',
    'mistral-small': 'mistral-small-latest',
    'mistral-small-4': 'mistral-small-2603',
  },
  quirks: {
    adaptBody: (body, request) => withNineCharacterIds(withItsOwnNames(body), request),
  },
});

/** `seed` is `random_seed`; token counts come without being asked for. */
function withItsOwnNames({ seed, stream_options: _, ...body }: Body): Body {
  return seed == null ? body : { ...body, random_seed: seed };
}

/** Tool calls that another service made are sent back under ids of the only form it takes. */
function withNineCharacterIds(body: Body, { messages }: ChatRequest): Body {
  return messages.some(namesCall) ? { ...body, messages: messages.map(withNineCharacters) } : body;
}

const namesCall = (message: Message): boolean => 'tool_calls' in message || message.role === 'tool';

function withNineCharacters(message: Message): Message {
  if (message.role === 'tool') return { ...message, tool_call_id: nineCharacters(message.tool_call_id) };
  return message.role === 'assistant' ? sentBack(message) : message;
}

const sentBack = ({ reasoning: _, tool_calls, ...message }: AssistantMessage): AssistantMessage =>
  tool_calls === undefined
    ? message
    : { ...message, tool_calls: tool_calls.map((call) => ({ ...call, id: nineCharacters(call.id) })) };

/** The same id always becomes the same nine letters and digits (FNV-1a, 46 of 64 bits); one that fits stays. */
function nineCharacters(id: string): string {
  if (/^[a-zA-Z0-9]{9}$/.test(id)) return id;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(id)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(36).padStart(9, '0').slice(-9);
}
