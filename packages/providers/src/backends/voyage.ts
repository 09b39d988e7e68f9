// Voyage AI: embeddings, now of MongoDB. Source: https://docs.voyageai.com/docs/embeddings
import { openaiWithoutChat } from '../provider/openai-compatible.ts';

export default openaiWithoutChat({
  id: 'voyage',
  name: 'Voyage AI',
  website: 'https://docs.voyageai.com/docs/embeddings',
  baseURL: 'https://api.voyageai.com/v1',
  env: ['VOYAGE_API_KEY'],
  // 1000 texts; the fewest tokens that one of its models takes in a request.
  embed: {
    models: {
      'voyage-4-large': 'voyage-4-large',
      'voyage-4': 'voyage-4',
      'voyage-4-lite': 'voyage-4-lite',
      'voyage-code-3': 'voyage-code-3',
      'voyage-finance-2': 'voyage-finance-2',
      'voyage-law-2': 'voyage-law-2',
    },
    maxInputs: 1000,
    maxTokens: 120_000,
    takes: ['dimensions'],
    dimensionsField: 'output_dimension',
    fixedSize: /^voyage-(?:finance|law)-2$/,
  },
});
