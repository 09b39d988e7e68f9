// Cohere: the makers of the Command models. Source: https://docs.cohere.com/docs/models
import { overWire } from '../provider/over-wire.ts';
import { cohereChat } from '../wires/cohere-chat/index.ts';

export default overWire(cohereChat, {
  id: 'cohere',
  name: 'Cohere',
  website: 'https://docs.cohere.com/v2/reference/chat',
  baseURL: 'https://api.cohere.com/v2',
  env: ['COHERE_API_KEY'],
  models: {
    'command-a-plus': 'command-a-plus-05-2026',
    'command-a': 'command-a-03-2025',
    'command-a-reasoning': 'command-a-reasoning-08-2025',
    'command-a-vision': 'command-a-vision-07-2025',
    'command-r-plus': 'command-r-plus-08-2024',
    'command-r': 'command-r-08-2024',
    'command-r7b': 'command-r7b-12-2024',
  },
  // At most 96 texts: https://docs.cohere.com/v2/reference/embed
  embed: {
    models: {
      'embed-v5-pro': 'embed-v5.0-pro',
      'embed-v5-fast': 'embed-v5.0-fast',
      'embed-v4': 'embed-v4.0',
      'embed-english-v3': 'embed-english-v3.0',
      'embed-multilingual-v3': 'embed-multilingual-v3.0',
    },
    maxInputs: 96,
    fixedSize: /-v[123]\./,
  },
});
