// Perplexity: models that search the web before they answer. Source: https://docs.perplexity.ai/docs/sonar/openai-compatibility
// It has no list of models: these are the ones its documentation names.
import { openaiCompatible } from '../provider/openai-compatible.ts';

const models = {
  sonar: 'sonar',
  'sonar-pro': 'sonar-pro',
  'sonar-reasoning-pro': 'sonar-reasoning-pro',
  'sonar-deep-research': 'sonar-deep-research',
};

export default openaiCompatible({
  id: 'perplexity',
  name: 'Perplexity',
  website: 'https://docs.perplexity.ai/docs/sonar/openai-compatibility',
  baseURL: 'https://api.perplexity.ai',
  env: ['PERPLEXITY_API_KEY'],
  features: ['images', 'json-schema', 'reasoning'],
  models,
  listModels: async () => Object.values(models).map((id) => ({ id, ownedBy: 'perplexity' })),
  // After instructions, user and assistant must take turns: https://docs.perplexity.ai/api-reference/chat-completions-post
  quirks: { messages: { systemFirst: true, alternates: true } },
});
