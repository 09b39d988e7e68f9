// Fireworks AI: open models, served fast. Source: https://docs.fireworks.ai/api-reference/post-chatcompletions
// An id is `accounts/fireworks/models/…`, with a p for each dot (https://fireworks.ai/pricing).

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { completions } from '../wires/openai-chat/operations.ts';

const MODELS = {
  'gpt-oss-120b': 'accounts/fireworks/models/gpt-oss-120b',
  'gpt-oss-20b': 'accounts/fireworks/models/gpt-oss-20b',
  'deepseek-v4.1-flash': 'accounts/fireworks/models/deepseek-v4p1-flash',
  'kimi-k3.1-pro': 'accounts/fireworks/models/kimi-k3p1-pro',
  'kimi-k3': 'accounts/fireworks/models/kimi-k3',
  'kimi-k2.7-code': 'accounts/fireworks/models/kimi-k2p7-code',
  'kimi-k2.6': 'accounts/fireworks/models/kimi-k2p6',
  'glm-5.3': 'accounts/fireworks/models/glm-5p3',
  'glm-5.3-flash': 'accounts/fireworks/models/glm-5p3-flash',
  'glm-5.2': 'accounts/fireworks/models/glm-5p2',
  'minimax-m3': 'accounts/fireworks/models/minimax-m3',
  'minimax-m2.7': 'accounts/fireworks/models/minimax-m2p7',
  'qwen3.8-max': 'accounts/fireworks/models/qwen3p8-max',
  'qwen3.7-plus': 'accounts/fireworks/models/qwen3p7-plus',
} as const;

export default openaiCompatible({
  id: 'fireworks',
  name: 'Fireworks AI',
  website: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  baseURL: 'https://api.fireworks.ai/inference/v1',
  env: ['FIREWORKS_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: MODELS,
  // The models that it chats with: https://docs.fireworks.ai/api-reference/post-completions
  complete: { models: MODELS, endpoint: completions() },
  // At most 2048 texts: https://docs.fireworks.ai/api-reference/creates-an-embedding-vector-representing-the-input-text
  embed: {
    models: {
      'qwen3-embedding-8b': 'accounts/fireworks/models/qwen3-embedding-8b',
      'nomic-embed-text-v1.5': 'nomic-ai/nomic-embed-text-v1.5',
    },
    maxInputs: 2048,
    takes: ['dimensions'],
  },
  // https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt
  image: {
    models: {
      'flux-schnell': 'accounts/fireworks/models/flux-1-schnell-fp8',
      'flux-dev': 'accounts/fireworks/models/flux-1-dev-fp8',
      'flux-kontext-pro': 'accounts/fireworks/models/flux-kontext-pro',
      'flux-kontext-max': 'accounts/fireworks/models/flux-kontext-max',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/image-services/fireworks.ts')).fireworksImages,
    ),
  },
  quirks: { messages: {} },
});
