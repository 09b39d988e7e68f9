// The OpenAI responses wire: `POST {base}/responses`, answered as named server-sent events or one JSON body.
// Source: https://platform.openai.com/docs/api-reference/responses
import { readOpenAIModel } from '../decoding/model-list.ts';
import type { ChatWire } from '../wire.ts';
import { createResponsesDecoder } from './decoder.ts';
import { encodeResponsesRequest } from './request.ts';

/** OpenAI's responses, asked without leaving anything stored at the service. */
export const openaiResponses: ChatWire = {
  name: 'openai-responses',
  // No sound: https://developers.openai.com/api/docs/guides/audio-chat-completions
  features: ['tools', 'images', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  modelsPath: '/models',
  readModel: readOpenAIModel,
  endpoints: {
    chat: {
      streamType: 'text/event-stream',
      path: () => '/responses',
      encode: encodeResponsesRequest,
      createDecoder: createResponsesDecoder,
    },
  },
};
