// MiniMax: the makers of the MiniMax models. Source: https://platform.minimax.io/docs/api-reference/text-openai-api
import { openaiCompatible } from '../openai-compatible.ts';

export default openaiCompatible({
  id: 'minimax',
  name: 'MiniMax',
  website: 'https://platform.minimax.io/docs/api-reference/text-openai-api',
  baseURL: 'https://api.minimax.io/v1',
  env: ['MINIMAX_API_KEY'],
  features: ['tools', 'reasoning'],
});
