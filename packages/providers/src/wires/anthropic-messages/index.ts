// The Anthropic messages wire: `POST {base}/messages`, answered as server-sent events or one JSON body.
// Source: https://platform.claude.com/docs/en/api/messages
import type { ModelFacts } from '@g4f/core';
import { asText, type Json } from '../decoding/json.ts';
import type { ChatWire } from '../wire.ts';
import { createAnthropicDecoder } from './decoder.ts';
import { encodeAnthropicRequest } from './request.ts';

/** Anthropic's messages. */
export const anthropicMessages: ChatWire = {
  name: 'anthropic-messages',
  features: ['tools', 'images', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ 'x-api-key': key }),
  headers: { 'anthropic-version': '2023-06-01' },
  modelsPath: '/models?limit=1000',
  readModel,
  endpoints: {
    chat: {
      streamType: 'text/event-stream',
      path: () => '/messages',
      encode: encodeAnthropicRequest,
      createDecoder: createAnthropicDecoder,
    },
  },
};

function readModel({ id, created_at }: Json): ModelFacts | undefined {
  const name = asText(id);
  const created = Date.parse(asText(created_at) ?? '');
  if (name === undefined) return undefined;
  return {
    id: name,
    ownedBy: 'anthropic',
    ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }),
  };
}
