// Cerebras: open models on wafer-sized chips. Source: https://inference-docs.cerebras.ai/api-reference/chat-completions
// and https://inference-docs.cerebras.ai/support/deprecation: its Llama models ended in 2026.
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { fitOpenAIParameters } from '../wires/fit/openai-parameters.ts';

export default openaiCompatible({
  id: 'cerebras',
  name: 'Cerebras',
  website: 'https://inference-docs.cerebras.ai',
  baseURL: 'https://api.cerebras.ai/v1',
  env: ['CEREBRAS_API_KEY'],
  features: ['tools', 'json-schema', 'reasoning'],
  models: {
    'gpt-oss-120b': 'gpt-oss-120b',
    'qwen3.8-27b': 'qwen-3.8-27b',
    'gemma-4-31b': 'gemma-4-31b',
  },
  quirks: { messages: {}, fitParameters: fitOpenAIParameters, maxTokensField: 'max_completion_tokens' },
});
