// The OpenAI chat-completions wire: `POST {base}/chat/completions`, answered as server-sent events or one JSON body.
// Source: https://platform.openai.com/docs/api-reference/chat
import { readOpenAIModel } from '../decoding/model-list.ts';
import type { ChatWire } from '../wire.ts';
import { createDecoder } from './chat-decoder.ts';
import { encodeRequest } from './chat-request.ts';

/** OpenAI's chat completions, which most services speak. */
export const openaiChat: ChatWire = {
  name: 'openai-chat',
  features: ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  modelsPath: '/models',
  readModel: readOpenAIModel,
  endpoints: {
    chat: {
      streamType: 'text/event-stream',
      path: () => '/chat/completions',
      encode: encodeRequest,
      createDecoder,
    },
    embed: 'openai',
  },
};
