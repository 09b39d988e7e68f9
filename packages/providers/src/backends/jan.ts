// Jan: open models in a program for one's desktop. Source: https://www.jan.ai/docs/desktop/api-server
// Its server is started by hand, and takes the key that was set there.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';

const server = { id: 'jan', name: 'Jan', baseURL: 'http://127.0.0.1:1337/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://www.jan.ai/docs/desktop/api-server',
  key: 'optional',
  env: ['JAN_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  embed: { takes: ['tokens'] },
  available: probeOf(server),
});
