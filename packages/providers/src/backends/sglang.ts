// SGLang: open models on one's own graphics cards. Source: https://docs.sglang.ai/basic_usage/openai_api_completions.html
// It offers the model it was started with.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';

const server = { id: 'sglang', name: 'SGLang', baseURL: 'http://127.0.0.1:30000/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://docs.sglang.ai/basic_usage/openai_api_completions.html',
  key: 'optional',
  env: ['SGLANG_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  embed: { takes: ['tokens', 'user'] },
  available: probeOf(server),
});
