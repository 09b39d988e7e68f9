// LocalAI: open models of many kinds behind OpenAI's API. Source: https://localai.io/docs/getting-started/
// and /features/openai-functions, /features/gpt-vision.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';

const server = { id: 'localai', name: 'LocalAI', baseURL: 'http://127.0.0.1:8080/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://localai.io/docs/getting-started/',
  key: 'optional',
  env: ['LOCALAI_API_KEY'],
  features: ['tools', 'images', 'json-schema'],
  embed: { takes: ['dimensions', 'tokens'] },
  available: probeOf(server),
});
