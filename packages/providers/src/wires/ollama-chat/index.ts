// The Ollama chat wire: `POST {base}/api/chat`, answered as lines of JSON or one JSON body.
// Source: https://docs.ollama.com/api/chat
import type { ModelFacts } from '@g4f/core';
import { asText, type Json } from '../decoding/json.ts';
import type { ChatWire } from '../wire.ts';
import { createOllamaDecoder } from './decoder.ts';
import { ollamaEmbed } from './embeddings.ts';
import { encodeOllamaRequest } from './request.ts';

/** Ollama's own chat. */
export const ollamaChat: ChatWire = {
  name: 'ollama-chat',
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  // The door for OpenAI's clients stands below the same server's address.
  rebase: (base) => base.replace(/\/v1$/, ''),
  modelsPath: '/api/tags',
  readModel,
  endpoints: {
    chat: {
      streamType: 'application/x-ndjson',
      path: () => '/api/chat',
      encode: encodeOllamaRequest,
      createDecoder: createOllamaDecoder,
    },
    embed: ollamaEmbed,
  },
};

/** Source: https://docs.ollama.com/api/tags */
function readModel({ name, model, modified_at }: Json): ModelFacts | undefined {
  const id = asText(model) ?? asText(name);
  const created = Date.parse(asText(modified_at) ?? '');
  if (id === undefined) return undefined;
  return { id, ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }) };
}
