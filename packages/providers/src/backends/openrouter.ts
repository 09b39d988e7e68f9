// OpenRouter: hundreds of models of many makers behind one key. Source: https://openrouter.ai/docs/api-reference/overview
// Its optional headers HTTP-Referer and X-Title would tell it which program is asking: they are not sent.
import type { ChatRequest, ReasoningDetail } from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { wholeDetails } from '../wires/fit/reasoning-details.ts';

export default openaiCompatible({
  id: 'openrouter',
  name: 'OpenRouter',
  website: 'https://openrouter.ai/docs/api-reference/overview',
  baseURL: 'https://openrouter.ai/api/v1',
  env: ['OPENROUTER_API_KEY'],
  // A credit is a dollar: https://openrouter.ai/docs/use-cases/usage-accounting
  costField: 'cost',
  models: {
    'gpt-4': 'openai/gpt-4',
    'gpt-4o': 'openai/gpt-4o',
    'gpt-4o-mini': 'openai/gpt-4o-mini',
    'gpt-4.1': 'openai/gpt-4.1',
    'gpt-4.1-mini': 'openai/gpt-4.1-mini',
    'gpt-5': 'openai/gpt-5',
    'gpt-5-mini': 'openai/gpt-5-mini',
    'gpt-5.1': 'openai/gpt-5.1',
    'gpt-5.4': 'openai/gpt-5.4',
    o3: 'openai/o3',
    'gpt-oss-120b': 'openai/gpt-oss-120b',
    'gpt-oss-20b': 'openai/gpt-oss-20b',
    'llama-3.3-70b': 'meta-llama/llama-3.3-70b-instruct',
    'llama-3.1-8b': 'meta-llama/llama-3.1-8b-instruct',
    'deepseek-v3': 'deepseek/deepseek-chat',
    'deepseek-v3.2': 'deepseek/deepseek-v3.2',
    'deepseek-v4.1-flash': 'deepseek/deepseek-v4.1-flash',
    'deepseek-r1': 'deepseek/deepseek-r1',
    'mistral-large-3': 'mistralai/mistral-large-2512',
    'mistral-large-4': 'mistralai/mistral-large-4-0',
    'mistral-small-4': 'mistralai/mistral-small-2603',
    'grok-4.3': 'x-ai/grok-4.3',
    'grok-4.5': 'x-ai/grok-4.5',
    'grok-4.7': 'x-ai/grok-4.7',
    'qwen3-32b': 'qwen/qwen3-32b',
    'qwen3.8-27b': 'qwen/qwen3.8-27b',
    'gemma-4-31b': 'google/gemma-4-31b-it',
  },
  // https://openrouter.ai/docs/api/reference/embeddings
  embed: {
    models: {
      'text-embedding-3-small': 'openai/text-embedding-3-small',
      'text-embedding-3-large': 'openai/text-embedding-3-large',
    },
    takes: ['dimensions', 'user', 'tokens'],
  },
  quirks: {
    messages: { developer: true, partFields: ['cache_control'], detailsOf: ownDetails },
    fitParameters: withPlugin,
  },
});

/**
 * Its plugin searches for every model, by the maker's own search where there is one, and takes `web_search_options` besides:
 * https://openrouter.ai/docs/features/web-search
 */
function withPlugin(request: ChatRequest): ChatRequest {
  const isAsked = request.web_search_options != null && request.plugins == null;
  return isAsked ? { ...request, plugins: [{ id: 'web' }] } : request;
}

/** It takes its own reasoning back, and no other: https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning */
function ownDetails(details: readonly ReasoningDetail[]): readonly ReasoningDetail[] {
  // Its formats have a version (`anthropic-claude-v1`), or are not known to it either.
  return wholeDetails(details.filter(({ format }) => format == null || /-v\d+$|^unknown$/.test(format)));
}
