// Cohere: the makers of the Command models. Source: https://docs.cohere.com/docs/models
import { overWire } from '../service.ts';
import { cohereChat } from '../wires/cohere-chat.ts';

export default overWire(cohereChat, {
  id: 'cohere',
  name: 'Cohere',
  website: 'https://docs.cohere.com/v2/reference/chat',
  baseURL: 'https://api.cohere.com/v2',
  env: ['COHERE_API_KEY'],
  models: {},
});
