// llama.cpp's server: one open model on one's own machine. Source: https://github.com/ggml-org/llama.cpp/tree/master/tools/server
// It offers the model it was started with.
import { probeOf } from '../local-servers/local-server.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { completions } from '../wires/openai-chat/operations.ts';

const server = { id: 'llamacpp', name: 'llama.cpp', baseURL: 'http://127.0.0.1:8080/v1' } as const;

export default openaiCompatible({
  ...server,
  website: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
  key: 'optional',
  env: ['LLAMA_API_KEY'],
  features: ['tools', 'images', 'audio', 'json-schema', 'reasoning'],
  embed: { takes: ['tokens'] },
  complete: { endpoint: completions() },
  available: probeOf(server),
});
