// llama.cpp's server: one open model on one's own machine. Source: https://github.com/ggml-org/llama.cpp/tree/master/tools/server
// It offers the model it was started with.
import { probeOf } from '../local-server.ts';
import { openaiCompatible } from '../openai-compatible.ts';

// Many programs listen on 8080: this one says in its list who it is.
const server = { name: 'llama.cpp', baseURL: 'http://127.0.0.1:8080/v1', owner: 'llamacpp' };

export default openaiCompatible({
  id: 'llamacpp',
  name: server.name,
  website: 'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
  baseURL: server.baseURL,
  key: 'optional',
  env: ['LLAMA_API_KEY'],
  available: probeOf(server),
});
