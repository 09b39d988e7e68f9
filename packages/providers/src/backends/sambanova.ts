// SambaNova: open models on its own chips. Source: https://docs.sambanova.ai/docs/en/features/openai-compatibility
// and https://docs.sambanova.ai/docs/en/models/sambacloud-models
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'sambanova',
  name: 'SambaNova',
  website: 'https://docs.sambanova.ai/docs/en/features/openai-compatibility',
  baseURL: 'https://api.sambanova.ai/v1',
  env: ['SAMBANOVA_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'gpt-oss-120b': 'gpt-oss-120b',
    'llama-3.3-70b': 'Meta-Llama-3.3-70B-Instruct',
    'deepseek-v3.1': 'DeepSeek-V3.1',
    'deepseek-v3.2': 'DeepSeek-V3.2',
    'gemma-4-31b': 'gemma-4-31B-it',
  },
  quirks: { messages: {} },
});
