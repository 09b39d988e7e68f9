// llamafile: one open model in one file that runs. Source: https://github.com/mozilla-ai/llamafile
// It offers the model that is in it.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';

// Its server is llama.cpp's, and often says so.
const server = {
  id: 'llamafile',
  name: 'Llamafile',
  baseURL: 'http://127.0.0.1:8080/v1',
  kin: 'llamacpp',
} as const;

export default openaiCompatible({
  ...server,
  website: 'https://github.com/mozilla-ai/llamafile',
  key: 'optional',
  env: ['LLAMAFILE_API_KEY'],
  features: ['tools', 'images', 'json-schema'],
  embed: { takes: ['tokens'] },
  available: probeOf(server),
});
