// OpenAI over its newer protocol, for what only that has: built-in tools, sealed reasoning. Source: https://platform.openai.com/docs/api-reference/responses
// It offers no family, so that a model's plain name still goes to `openai`: name it, or write "openai-responses:gpt-5.1".
import { overWire } from '../provider/over-wire.ts';
import { openaiAccount } from '../wires/openai-chat/account.ts';
import { openaiResponses } from '../wires/openai-responses/index.ts';
import { responses, storedResponses } from '../wires/openai-responses/operations.ts';

export default overWire(openaiResponses, {
  id: 'openai-responses',
  name: 'OpenAI (responses)',
  website: 'https://platform.openai.com/docs/api-reference/responses',
  baseURL: 'https://api.openai.com/v1',
  env: ['OPENAI_API_KEY'],
  // The key's: it would not be known at another address.
  baseURLEnv: ['OPENAI_BASE_URL'],
  respond: { endpoint: responses },
  storedResponse: { endpoint: storedResponses() },
  quirks: { headersFrom: openaiAccount },
});
