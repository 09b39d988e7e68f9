// Perplexity: models that search the web before they answer. Source: https://docs.perplexity.ai/docs/sonar/openai-compatibility
// It has no list of models: these are the ones its documentation names.
import type { ChatRequest } from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { wantedSearch } from '../wires/fit/web-search.ts';

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
  quirks: { messages: { systemFirst: true, alternates: true }, fitParameters: withFlatPlace },
});

/** The place of the user is not nested here: https://docs.perplexity.ai/guides/user-location-filter-guide */
function withFlatPlace(request: ChatRequest): ChatRequest {
  const wanted = wantedSearch(request);
  if (wanted?.place === undefined) return request;
  return { ...request, web_search_options: { ...request.web_search_options, user_location: wanted.place } };
}
