// NVIDIA: open models on its own cloud. Source: https://docs.api.nvidia.com/nim/reference/llm-apis
// An id is `maker/model`.
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'nvidia',
  name: 'NVIDIA',
  website: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
  baseURL: 'https://integrate.api.nvidia.com/v1',
  env: ['NVIDIA_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  quirks: { messages: {}, refuses: ['user'] },
});
