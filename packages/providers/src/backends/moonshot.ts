// Moonshot AI: the makers of Kimi. Source: https://platform.kimi.ai/docs/models
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'moonshot',
  name: 'Moonshot AI',
  website: 'https://platform.kimi.ai/docs/api/chat',
  baseURL: 'https://api.moonshot.ai/v1',
  env: ['MOONSHOT_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'kimi-k3': 'kimi-k3',
    'kimi-k2.7-code': 'kimi-k2.7-code',
    'kimi-k2.6': 'kimi-k2.6',
    'kimi-k2.5': 'kimi-k2.5',
    'kimi-k3.1-pro': 'kimi-k3.1-pro',
  },
  // A thinking model refuses calls without their reasoning: https://platform.kimi.ai/docs/guide/use-kimi-k2-thinking-model
  // and goes on with an answer in `partial` mode: https://platform.kimi.ai/docs/api/partial
  quirks: { messages: { reasoningContent: 'with-calls', continuesBy: 'partial' } },
});
