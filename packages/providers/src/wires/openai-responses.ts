// The OpenAI responses wire: `POST {base}/responses`, answered as named server-sent events or one JSON body.
// Source: https://platform.openai.com/docs/api-reference/responses
import { readOpenAIModel } from './model-list.ts';
import { createResponsesDecoder } from './openai-responses-decoder.ts';
import { encodeResponsesRequest } from './openai-responses-request.ts';
import type { Wire } from './wire.ts';

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
