// SambaNova: open models on its own chips. Source: https://docs.sambanova.ai/docs/en/features/openai-compatibility
import { openaiCompatible } from '../openai-compatible.ts';

export default openaiCompatible({
  id: 'sambanova',
  name: 'SambaNova',
  website: 'https://docs.sambanova.ai/docs/en/features/openai-compatibility',
  baseURL: 'https://api.sambanova.ai/v1',
  env: ['SAMBANOVA_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
});
