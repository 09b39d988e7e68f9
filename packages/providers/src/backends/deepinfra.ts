// DeepInfra: open models at low prices. Source: https://deepinfra.com/docs/advanced/openai_api (ids: https://deepinfra.com/models)
// It answers a retired id with another model, so a family stays here only while its own model is listed.
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'deepinfra',
  name: 'DeepInfra',
  website: 'https://deepinfra.com/docs/advanced/openai_api',
  baseURL: 'https://api.deepinfra.com/v1/openai',
  env: ['DEEPINFRA_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'llama-3.3-70b': 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'llama-3.1-8b': 'meta-llama/Meta-Llama-3.1-8B-Instruct',
    'gpt-oss-120b': 'openai/gpt-oss-120b',
    'gpt-oss-20b': 'openai/gpt-oss-20b',
    'deepseek-v3': 'deepseek-ai/DeepSeek-V3',
    'deepseek-v3.2': 'deepseek-ai/DeepSeek-V3.2',
    'deepseek-v4.1-flash': 'deepseek-ai/DeepSeek-V4.1-Flash',
    'qwen3-32b': 'Qwen/Qwen3-32B',
    'qwen3.8-27b': 'Qwen/Qwen3.8-27B',
    'gemma-3-27b': 'google/gemma-3-27b-it',
    'gemma-4-31b': 'google/gemma-4-31B-it',
  },
  quirks: { messages: {} },
});
