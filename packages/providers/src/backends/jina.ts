// Jina AI: embeddings of texts and pictures. Source: https://jina.ai/embeddings/ and https://api.jina.ai/redoc
import { openaiWithoutChat } from '../provider/openai-compatible.ts';

export default openaiWithoutChat({
  id: 'jina',
  name: 'Jina AI',
  website: 'https://jina.ai/embeddings/',
  baseURL: 'https://api.jina.ai/v1',
  env: ['JINA_API_KEY'],
  embed: {
    models: {
      'jina-embeddings-v5-text-small': 'jina-embeddings-v5-text-small',
      'jina-embeddings-v4': 'jina-embeddings-v4',
      'jina-embeddings-v3': 'jina-embeddings-v3',
    },
    maxInputs: 2048,
    takes: ['dimensions'],
  },
});
