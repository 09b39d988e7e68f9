// The Ollama chat wire: `POST {base}/api/chat`, answered as lines of JSON or one JSON body.
// Source: https://docs.ollama.com/api/chat
import type { ModelFacts } from '@g4f/core';
import { asText, type Json } from '../decoding/json.ts';
import type { Wire } from '../wire.ts';
import { createOllamaDecoder } from './decoder.ts';
import { encodeOllamaRequest } from './request.ts';

/** Ollama's own chat. */
export const ollamaChat: Wire = {
  name: 'ollama-chat',
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  streamType: 'application/x-ndjson',
  // The door for OpenAI's clients stands below the same server's address.
  rebase: (base) => base.replace(/\/v1$/, ''),
  chatPath: () => '/api/chat',
  encode: encodeOllamaRequest,
  createDecoder: createOllamaDecoder,
  modelsPath: '/api/tags',
  readModel,
};

/** Source: https://docs.ollama.com/api/tags */
function readModel({ name, model, modified_at }: Json): ModelFacts | undefined {
  const id = asText(model) ?? asText(name);
  const created = Date.parse(asText(modified_at) ?? '');
  if (id === undefined) return undefined;
  return { id, ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }) };
}
