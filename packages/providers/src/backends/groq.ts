// Groq: open models on its own fast hardware. Source: https://console.groq.com/docs/models
// and https://console.groq.com/docs/deprecations: its Llama models ended on 16 August 2026.
import type { ChatTakes } from '../models/takes/chat-takes.ts';
import { openAITakes } from '../models/takes/openai.ts';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { fitParametersBy } from '../wires/fit/openai-parameters.ts';
import { speech, transcriptions } from '../wires/openai-chat/operations.ts';

/** Qwen reasons or does not: https://console.groq.com/docs/reasoning#reasoning-effort */
const QWEN: ChatTakes = {
  efforts: ['none', 'default'],
  unasked: 'default',
  refused: [],
  refusedReasoning: [],
};

export default openaiCompatible({
  id: 'groq',
  name: 'Groq',
  website: 'https://console.groq.com/docs/api-reference',
  baseURL: 'https://api.groq.com/openai/v1',
  env: ['GROQ_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: {
    'gpt-oss-120b': 'openai/gpt-oss-120b',
    'gpt-oss-20b': 'openai/gpt-oss-20b',
    'qwen3.8-27b': 'qwen/qwen3.8-27b',
  },
  // WAV is what it documents: https://console.groq.com/docs/text-to-speech
  speech: {
    models: {
      'orpheus-v1-english': 'canopylabs/orpheus-v1-english',
      'orpheus-arabic-saudi': 'canopylabs/orpheus-arabic-saudi',
    },
    endpoint: (request, exchange) => speech({ response_format: 'wav', ...request }, exchange),
  },
  // https://console.groq.com/docs/speech-to-text
  transcribe: {
    models: {
      'whisper-large-v3': 'whisper-large-v3',
      'whisper-large-v3-turbo': 'whisper-large-v3-turbo',
    },
    endpoint: transcriptions({ formats: ['json', 'verbose_json', 'text'], streams: false }),
  },
  // Names of speakers are among what it says it does not support: https://console.groq.com/docs/openai
  quirks: {
    fitParameters: fitParametersBy((model) => openAITakes(model) ?? (/qwen/.test(model) ? QWEN : undefined)),
    maxTokensField: 'max_completion_tokens',
    messages: { noNames: true },
  },
});
