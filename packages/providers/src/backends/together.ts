// Together AI: open models, served and trained. Source: https://docs.together.ai/docs/serverless-models

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { completions, speech, transcriptions } from '../wires/openai-chat/operations.ts';

const MODELS = {
  'llama-3.3-70b': 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  'gpt-oss-120b': 'openai/gpt-oss-120b',
  'deepseek-v4.1-flash': 'deepseek-ai/DeepSeek-V4.1-Flash',
  'gemma-4-31b': 'google/gemma-4-31B-it',
} as const;

export default openaiCompatible({
  id: 'together',
  name: 'Together AI',
  website: 'https://docs.together.ai/docs/serverless-models',
  baseURL: 'https://api.together.xyz/v1',
  env: ['TOGETHER_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: MODELS,
  // The models that it chats with: https://docs.together.ai/reference/completions
  complete: { models: MODELS, endpoint: completions({ onePrompt: true }) },
  // It refuses `dimensions` and `user`: https://docs.together.ai/reference/embeddings
  embed: {
    models: { 'multilingual-e5-large-instruct': 'intfloat/multilingual-e5-large-instruct' },
    takes: [],
  },
  // https://docs.together.ai/docs/quickstart-flux
  image: {
    models: {
      'flux-2-pro': 'black-forest-labs/FLUX.2-pro',
      'flux-2-max': 'black-forest-labs/FLUX.2-max',
      'flux-2-dev': 'black-forest-labs/FLUX.2-dev',
      'flux-2-flex': 'black-forest-labs/FLUX.2-flex',
    },
    endpoint: lazyEndpoint(async () => (await import('../wires/image-services/together.ts')).togetherImages),
  },
  // https://docs.together.ai/docs/text-to-speech. It writes WAV where nothing is asked for, and OpenAI MP3.
  speech: {
    models: {
      'kokoro-82m': 'hexgrad/Kokoro-82M',
      'orpheus-3b-0.1-ft': 'canopylabs/orpheus-3b-0.1-ft',
    },
    endpoint: (request, exchange) => speech({ response_format: 'mp3', ...request }, exchange),
  },
  // https://docs.together.ai/reference/audio-transcriptions and /reference/audio-translations
  transcribe: {
    models: { 'whisper-large-v3': 'openai/whisper-large-v3' },
    endpoint: transcriptions({ formats: ['json', 'verbose_json'], streams: false, marksLists: false }),
  },
  quirks: { messages: {} },
});
