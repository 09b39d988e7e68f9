// Fireworks AI: open models, served fast. Source: https://docs.fireworks.ai/api-reference/post-chatcompletions
// An id is `accounts/fireworks/models/…`.
import { openaiCompatible } from '../openai-compatible.ts';

export default openaiCompatible({
  id: 'fireworks',
  name: 'Fireworks AI',
  website: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  baseURL: 'https://api.fireworks.ai/inference/v1',
  env: ['FIREWORKS_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
});
