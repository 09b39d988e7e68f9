// Ollama: open models on one's own machine. Source: https://docs.ollama.com/api/introduction
// It offers what has been pulled, which only its list of models knows.
import { ollamaAddress } from '../discover/ollama-address.ts';
import { probeOf } from '../local-server.ts';
import { overWire } from '../service.ts';
import { ollamaChat } from '../wires/ollama-chat.ts';

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
  available: probeOf(server),
  quirks: { address: server.address },
});
