// MiniMax: the makers of the MiniMax models. Source: https://platform.minimax.io/docs/api-reference/text-openai-api
// and, for its models, https://platform.minimax.io/docs/pricing/overview

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';

export default openaiCompatible({
  id: 'minimax',
  name: 'MiniMax',
  website: 'https://platform.minimax.io/docs/api-reference/text-openai-api',
  baseURL: 'https://api.minimax.io/v1',
  env: ['MINIMAX_API_KEY'],
  features: ['tools', 'reasoning'],
  models: {
    'minimax-m3.1-flash': 'MiniMax-M3.1-Flash',
    'minimax-m3': 'MiniMax-M3',
    'minimax-m2.7': 'MiniMax-M2.7',
  },
  // https://platform.minimax.io/docs/api-reference/image-generation-t2i
  image: {
    models: { 'minimax-image-01': 'image-01' },
    endpoint: lazyEndpoint(async () => (await import('../wires/image-services/minimax.ts')).minimaxImages),
  },
  quirks: { messages: {}, adaptBody: strictMessages },
});
