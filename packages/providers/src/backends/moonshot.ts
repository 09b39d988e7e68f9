// Moonshot AI: the makers of Kimi. Source: https://platform.kimi.ai/docs/models
import type { ChatRequest } from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';
import type { Warn } from '../wires/fit/warn.ts';

export default openaiCompatible({
  id: 'moonshot',
  name: 'Moonshot AI',
  website: 'https://platform.kimi.ai/docs/api/chat',
  baseURL: 'https://api.moonshot.ai/v1',
  env: ['MOONSHOT_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'kimi-k3': 'kimi-k3',
    'kimi-k2.7-code': 'kimi-k2.7-code',
    'kimi-k2.6': 'kimi-k2.6',
    'kimi-k2.5': 'kimi-k2.5',
    'kimi-k3.1-pro': 'kimi-k3.1-pro',
  },
  // A thinking model refuses calls without their reasoning: https://platform.kimi.ai/docs/guide/use-kimi-k2-thinking-model
  // and goes on with an answer in `partial` mode: https://platform.kimi.ai/docs/api/partial
  quirks: {
    messages: { reasoningContent: 'with-calls', continuesBy: 'partial' },
    fitParameters: withoutSampling,
    adaptBody: strictMessages,
  },
});

const FIXED = ['temperature', 'top_p', 'n', 'presence_penalty', 'frequency_penalty'] as const;
/** The only values of these that are known to be taken: they are what happens anyway. */
const ANYWAY: Readonly<Record<string, unknown>> = {
  temperature: 1,
  n: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
};

/** From K2.5 on a model fixes how it samples, and refuses all else: https://github.com/CherryHQ/cherry-studio/issues/14573 */
function withoutSampling(request: ChatRequest, warn: Warn): ChatRequest {
  if (!/kimi-k(?:2\.[5-9]|[3-9])/.test(request.model)) return request;
  const given = FIXED.filter((name) => request[name] != null);
  const lost = given.filter((name) => request[name] !== ANYWAY[name]);
  if (lost.length > 0) warn(`this model does not take ${lost.join(', ')}: not sent.`);
  return given.length === 0
    ? request
    : { ...request, ...Object.fromEntries(given.map((name) => [name, undefined])) };
}
