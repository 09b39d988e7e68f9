// The OpenAI responses wire: `POST {base}/responses`, answered as named server-sent events or one JSON body.
// Source: https://platform.openai.com/docs/api-reference/responses
import { readOpenAIModel } from '../decoding/model-list.ts';
import type { Wire } from '../wire.ts';
import { createResponsesDecoder } from './decoder.ts';
import { encodeResponsesRequest } from './request.ts';

/** OpenAI's responses, asked without leaving anything stored at the service. */
export const openaiResponses: Wire = {
  name: 'openai-responses',
  features: ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  streamType: 'text/event-stream',
  chatPath: () => '/responses',
  encode: encodeResponsesRequest,
  createDecoder: createResponsesDecoder,
  modelsPath: '/models',
  readModel: readOpenAIModel,
};
