// Azure OpenAI: OpenAI's models in one's own Azure resource. Source: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
// Its address holds the resource; a model is the name of one's own deployment.
import { G4FError } from '@g4f/core';
import { openaiCompatible } from '../openai-compatible.ts';
import { fitOpenAIParameters } from '../wires/openai-parameters.ts';

export default openaiCompatible({
  id: 'azure-openai',
  name: 'Azure OpenAI',
  website: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
  baseURL: 'https://openai.azure.com/openai/v1',
  env: ['AZURE_OPENAI_API_KEY'],
  quirks: {
    maxTokensField: 'max_completion_tokens',
    messages: { developer: true, customTools: true, fields: ['audio'] },
    fitParameters: fitOpenAIParameters,
    authorize: (key) => ({ 'api-key': key }),
    address: ({ env }) => addressOf(env.AZURE_OPENAI_ENDPOINT?.trim()),
  },
});

/** `https://name.openai.azure.com`, with or without a path. */
function addressOf(endpoint: string | undefined): string {
  if (endpoint !== undefined && URL.canParse(endpoint) && /^https?:/.test(endpoint))
    return `${new URL(endpoint).origin}/openai/v1`;
  const what = endpoint ? 'AZURE_OPENAI_ENDPOINT is no URL' : 'the resource is not known';
  throw new G4FError(
    `azure-openai: ${what}. Set AZURE_OPENAI_ENDPOINT to https://<resource>.openai.azure.com, or pass baseURL.`,
    { code: 'invalid-request', provider: 'azure-openai' },
  );
}
