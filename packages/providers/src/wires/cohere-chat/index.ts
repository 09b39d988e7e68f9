// The Cohere v2 chat wire: `POST {base}/chat`, answered as named server-sent events or one JSON body.
// Source: https://docs.cohere.com/v2/reference/chat-stream
import type { ModelFacts } from '@g4f/core';
import { asList, asNumber, asText, type Json } from '../decoding/json.ts';
import type { ChatWire } from '../wire.ts';
import { createCohereDecoder } from './decoder.ts';
import { cohereEmbed } from './embeddings.ts';
import { encodeCohereRequest } from './request.ts';

/** Cohere's chat, version 2. */
export const cohereChat: ChatWire = {
  name: 'cohere-chat',
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  // The list is older than this version of the chat, and stands beside it.
  modelsPath: '/../v1/models?page_size=1000',
  readModel,
  endpoints: {
    chat: {
      streamType: 'text/event-stream',
      path: () => '/chat',
      encode: encodeCohereRequest,
      createDecoder: createCohereDecoder,
    },
    embed: cohereEmbed,
  },
};

/** Source: https://docs.cohere.com/reference/list-models */
function readModel({ name, context_length, endpoints }: Json): ModelFacts | undefined {
  const id = asText(name);
  const contextLength = asNumber(context_length);
  const uses = asList(endpoints);
  if (id === undefined) return undefined;
  return {
    id,
    ownedBy: 'cohere',
    ...(contextLength !== undefined && { contextLength }),
    ...(uses.length > 0 && !uses.includes('chat') && uses.includes('embed') && { output: ['embedding'] }),
  };
}
