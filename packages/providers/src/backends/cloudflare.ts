// Cloudflare Workers AI: open models at the edge. Source: https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/
// and https://developers.cloudflare.com/workers-ai/changelog/. Its address holds the account; an id is `@cf/maker/model`.
import { G4FError } from '@g4f/core';
import { encodeSegments } from '../http/transport/path-segments.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: 'cloudflare',
  name: 'Cloudflare Workers AI',
  website: 'https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/',
  baseURL: 'https://api.cloudflare.com/client/v4',
  env: ['CLOUDFLARE_API_TOKEN'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: { 'gpt-oss-120b': '@cf/openai/gpt-oss-120b', 'gpt-oss-20b': '@cf/openai/gpt-oss-20b' },
  quirks: { messages: {}, address: ({ env }) => addressOf(env.CLOUDFLARE_ACCOUNT_ID?.trim()) },
});

function addressOf(account: string | undefined): string {
  if (account)
    return `https://api.cloudflare.com/client/v4/accounts/${encodeSegments(account, 'CLOUDFLARE_ACCOUNT_ID', 1)}/ai/v1`;
  throw new G4FError('cloudflare: the account is not known. Set CLOUDFLARE_ACCOUNT_ID, or pass baseURL.', {
    code: 'invalid-request',
    provider: 'cloudflare',
  });
}
