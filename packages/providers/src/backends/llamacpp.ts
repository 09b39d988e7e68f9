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
  // Without `suffix`, `echo` and `best_of`, which it passes over in silence (build 10434).
  complete: {
    endpoint: completions({
      takes: [
        ...['max_tokens', 'stop', 'temperature', 'top_p', 'n', 'logprobs', 'logit_bias', 'seed', 'user'],
        ...['frequency_penalty', 'presence_penalty', 'stream_options'],
      ],
    }),
  },
  available: probeOf(server),
});
