// LM Studio: open models on one's own machine. Source: https://lmstudio.ai/docs/api/openai-api
// and /docs/developer/core/authentication for the token. It offers what has been downloaded there.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { completions } from '../wires/openai-chat/operations.ts';

const server = { id: 'lmstudio', name: 'LM Studio', baseURL: 'http://127.0.0.1:1234/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://lmstudio.ai/docs/api/openai-api',
  key: 'optional',
  env: ['LM_API_TOKEN'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  embed: { takes: [] },
  complete: { endpoint: completions() },
  available: probeOf(server),
});
