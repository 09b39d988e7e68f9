// Ollama: open models on one's own machine. Source: https://docs.ollama.com/api/introduction
// It offers what has been pulled, which only its list of models knows.

import { probeOf } from '../local-servers/local-server.ts';
import { ollamaAddress } from '../local-servers/ollama-address.ts';
import { overWire } from '../provider/over-wire.ts';
import { ollamaChat } from '../wires/ollama-chat/index.ts';

const server = {
  id: 'ollama',
  name: 'Ollama',
  baseURL: 'http://127.0.0.1:11434',
  address: ollamaAddress,
} as const;

export default overWire(ollamaChat, {
  ...server,
  website: 'https://docs.ollama.com/api/introduction',
  key: 'none',
  embed: {},
  available: probeOf(server),
  quirks: { address: server.address },
});
