// MiniMax: the makers of the MiniMax models. Source: https://platform.minimax.io/docs/api-reference/text-openai-api
// and, for its models, https://platform.minimax.io/docs/pricing/overview

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { stricterMessages, withUserAsking } from '../wires/fit/strict-messages.ts';

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
  // It refuses (2013) more than one instruction, or one that is not the first: https://github.com/MiniMax-AI/MiniMax-M2/issues/51
  // and /issues/27; turns of one speaker after another, https://github.com/HCF-STUDIOS/openhermit/pull/257; and blank texts,
  // https://github.com/earendil-works/pi/pull/3309
  quirks: {
    messages: { systemFirst: true, alternates: true },
    fitParameters: withUserAsking,
    adaptBody: stricterMessages({ oneInstruction: true }),
  },
});
