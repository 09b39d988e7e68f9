// xAI: the makers of Grok. Source: https://docs.x.ai/developers/models
// and https://docs.x.ai/developers/migration/may-15-retirement: Grok 3 and the first Grok 4 ended on 15 May 2026.
import type { ChatRequest } from '@g4f/core';
import { grokTakes } from '../models/takes/grok.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { fitParametersBy } from '../wires/fit/openai-parameters.ts';
import { stricterMessages } from '../wires/fit/strict-messages.ts';
import type { Warn } from '../wires/fit/warn.ts';
import { responses, storedResponses } from '../wires/openai-responses/operations.ts';

export default openaiCompatible({
  id: 'xai',
  name: 'xAI',
  website: 'https://docs.x.ai/docs/api-reference',
  baseURL: 'https://api.x.ai/v1',
  env: ['XAI_API_KEY'],
  // https://docs.x.ai/developers/cost-tracking
  costField: 'cost_in_usd_ticks',
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'grok-4.3': 'grok-4.3',
    'grok-4.5': 'grok-4.5',
    'grok-4.7': 'grok-4.7',
    'grok-4.6': 'grok-4.6',
  },
  // https://docs.x.ai/developers/model-capabilities/text/generate-text
  respond: { endpoint: responses },
  // https://docs.x.ai/developers/model-capabilities/text/generate-text: kept for 30 days; it documents neither a cancel nor a list of the input
  storedResponse: { endpoint: storedResponses(['retrieve', 'delete']) },
  // https://docs.x.ai/developers/model-capabilities/images/generation
  image: {
    models: {
      'grok-imagine-image': 'grok-imagine-image',
      'grok-imagine-image-quality': 'grok-imagine-image-quality',
    },
    endpoint: lazyEndpoint(async () => (await import('../wires/image-services/xai.ts')).xaiImages),
  },
  // It refuses what has no content, https://github.com/AstrBotDevs/AstrBot/issues/6447, beside calls as well,
  // https://github.com/langchain-ai/langchain/issues/34140, and blank instructions, https://github.com/BoltAI/BoltAI/issues/235
  quirks: { messages: {}, fitParameters, adaptBody: stricterMessages({ contentBesideCalls: true }) },
});

const fitToModel = fitParametersBy(grokTakes);

function fitParameters(request: ChatRequest, warn: Warn): ChatRequest {
  return fitToModel(withoutSearch(request, warn), warn);
}

/** Its chats have no search any more, only its responses have one: https://docs.x.ai/docs/guides/tools/overview */
function withoutSearch(request: ChatRequest, warn: Warn): ChatRequest {
  const { web_search_options: search, ...others } = request;
  if (search == null) return request;
  warn(
    'xAI searches the web in responses alone (tools: [{ type: "web_search" }]): web_search_options was not sent.',
  );
  return { ...others, model: request.model, messages: request.messages, stream: request.stream };
}
