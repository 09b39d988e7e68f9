// MiniMax: the makers of the MiniMax models. Source: https://platform.minimax.io/docs/api-reference/text-openai-api
// and, for its models, https://platform.minimax.io/docs/pricing/overview
import { openaiCompatible } from '../provider/openai-compatible.ts';

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
  quirks: { messages: {} },
});
