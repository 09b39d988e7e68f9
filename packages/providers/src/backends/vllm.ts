// vLLM: open models on one's own graphics cards. Source: https://docs.vllm.ai/en/latest/serving/openai_compatible_server/
// It offers the model it was started with.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { completions } from '../wires/openai-chat/operations.ts';

const server = { id: 'vllm', name: 'vLLM', baseURL: 'http://127.0.0.1:8000/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server/',
  key: 'optional',
  env: ['VLLM_API_KEY'],
  features: ['tools', 'images', 'audio', 'json-schema', 'reasoning'],
  embed: { takes: ['dimensions', 'user', 'tokens'] },
  complete: { endpoint: completions() },
  available: probeOf(server),
});
