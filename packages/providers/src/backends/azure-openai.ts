// Azure OpenAI: OpenAI's models in one's own Azure resource. Source: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
// Its address holds the resource; a model is the name of one's own deployment.
import { G4FError, holdsUser } from '@g4f/core';
import { urlOf, withoutEnd } from '@g4f/core/internal';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import type { Endpoint } from '../wires/endpoint.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';
import { fitChatParameters } from '../wires/openai-chat/chat-parameters.ts';
import { images, speech, transcriptions } from '../wires/openai-chat/operations.ts';
import { responses, storedResponses } from '../wires/openai-responses/operations.ts';

/** No page of Azure's has `/images/variations`. */
const withoutVariations: Endpoint<'image'> = async function* (request, exchange) {
  if (request.task === 'variation')
    throw new G4FError(
      'azure-openai: it cannot make variations of an image. Ask for an edit, or choose another provider.',
      { code: 'invalid-request', scope: 'provider', provider: 'azure-openai' },
    );
  yield* images(request, exchange);
};

export default openaiCompatible({
  id: 'azure-openai',
  name: 'Azure OpenAI',
  website: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
  baseURL: 'https://openai.azure.com/openai/v1',
  env: ['AZURE_OPENAI_API_KEY'],
  // As OpenAI's: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/embeddings. The id is that of one's own deployment.
  embed: { maxInputs: 2048, maxTokens: 300_000, takes: ['dimensions', 'user', 'tokens', 'base64'] },
  // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses
  respond: { endpoint: responses },
  // https://learn.microsoft.com/azure/foundry/reference/rest/list-input-items and its neighbours
  storedResponse: { endpoint: storedResponses() },
  // `/images/generations` and `/images/edits`: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/dall-e; of v1:
  // https://github.com/Azure/azure-rest-api-specs/tree/main/specification/ai/data-plane/OpenAI.v1
  image: { endpoint: withoutVariations },
  // https://learn.microsoft.com/azure/ai-foundry/openai/reference-preview-latest#create-speech
  speech: { endpoint: speech },
  transcribe: { endpoint: transcriptions() },
  quirks: {
    maxTokensField: 'max_completion_tokens',
    messages: { developer: true, customTools: true, fields: ['audio'] },
    fitParameters: fitChatParameters,
    adaptBody: strictMessages,
    authorize: (key) => ({ 'api-key': key }),
    address: ({ env }) => addressOf(env.AZURE_OPENAI_ENDPOINT?.trim()),
  },
});

/**
 * The v1 API of a resource, however its endpoint is copied: without a scheme, with the path of a deployment or a project, with
 * an `api-version` (which v1 has not). A gateway in front of it keeps what its path has before `/openai`.
 */
function addressOf(endpoint: string | undefined): string {
  if (endpoint && holdsUser(endpoint))
    throw wrong('AZURE_OPENAI_ENDPOINT holds a user or a password, which is not sent. Take it out');
  const url = endpoint && /^[\w-]+\.[\w.-]+(?:[:/?]|$)/.test(endpoint) ? `https://${endpoint}` : endpoint;
  const { protocol = '', origin, hostname = '', pathname = '' } = (url && urlOf(url)) || {};
  if (url && !/\s/.test(url) && /^https?:$/.test(protocol)) {
    const before = /^(.*?)\/openai(?:\/.*)?$/s.exec(pathname)?.[1];
    const prefix = before ?? (hostname.endsWith('.azure.com') ? '' : withoutEnd(pathname, '/'));
    return `${origin}${prefix}/openai/v1`;
  }
  const what = endpoint ? 'AZURE_OPENAI_ENDPOINT is no URL' : 'the resource is not known';
  throw wrong(`${what}. Set AZURE_OPENAI_ENDPOINT to https://<resource>.openai.azure.com, or pass baseURL`);
}

const wrong = (why: string): G4FError =>
  new G4FError(`azure-openai: ${why}.`, { code: 'invalid-request', provider: 'azure-openai' });
