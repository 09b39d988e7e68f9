// DeepInfra: open models at low prices. Source: https://deepinfra.com/docs/advanced/openai_api (ids: https://deepinfra.com/models)
// It answers a retired id with another model, so a family stays here only while its own model is listed.

import { openaiCompatible } from '../provider/openai-compatible.ts';
import { completions, images, speech, transcriptions } from '../wires/openai-chat/operations.ts';

const MODELS = {
  'llama-3.3-70b': 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  'llama-3.1-8b': 'meta-llama/Meta-Llama-3.1-8B-Instruct',
  'gpt-oss-120b': 'openai/gpt-oss-120b',
  'gpt-oss-20b': 'openai/gpt-oss-20b',
  'deepseek-v3': 'deepseek-ai/DeepSeek-V3',
  'deepseek-v3.2': 'deepseek-ai/DeepSeek-V3.2',
  'deepseek-v4.1-flash': 'deepseek-ai/DeepSeek-V4.1-Flash',
  'qwen3-32b': 'Qwen/Qwen3-32B',
  'qwen3.8-27b': 'Qwen/Qwen3.8-27B',
  'gemma-3-27b': 'google/gemma-3-27b-it',
  'gemma-4-31b': 'google/gemma-4-31B-it',
} as const;

export default openaiCompatible({
  id: 'deepinfra',
  name: 'DeepInfra',
  website: 'https://deepinfra.com/docs/advanced/openai_api',
  baseURL: 'https://api.deepinfra.com/v1/openai',
  env: ['DEEPINFRA_API_KEY'],
  features: ['tools', 'images', 'json-schema', 'reasoning'],
  models: MODELS,
  // The models that it chats with: https://docs.deepinfra.com/apis/completions
  complete: {
    models: MODELS,
    endpoint: completions({
      takes: [
        ...[
          'max_tokens',
          'stop',
          'temperature',
          'top_p',
          'n',
          'echo',
          'logprobs',
          'stream_options',
          'seed',
          'user',
        ],
        ...['frequency_penalty', 'presence_penalty'],
      ],
      onePrompt: true,
    }),
  },
  // At most 1024 texts: https://docs.deepinfra.com/api-reference/openai-embeddings-1. It fills with zeros where more
  // dimensions are asked for than the model has.
  embed: {
    models: {
      'bge-m3': 'BAAI/bge-m3',
      'bge-large-en-v1.5': 'BAAI/bge-large-en-v1.5',
      'qwen3-embedding-0.6b': 'Qwen/Qwen3-Embedding-0.6B',
      'qwen3-embedding-4b': 'Qwen/Qwen3-Embedding-4B',
      'qwen3-embedding-8b': 'Qwen/Qwen3-Embedding-8B',
    },
    maxInputs: 1024,
    takes: ['dimensions'],
    fixedSize: /\/bge-/,
  },
  // https://deepinfra.com/black-forest-labs/FLUX-1-schnell/api and https://deepinfra.com/Qwen/Qwen-Image-Edit/api
  image: {
    models: { 'flux-schnell': 'black-forest-labs/FLUX-1-schnell', 'qwen-image-edit': 'Qwen/Qwen-Image-Edit' },
    endpoint: images,
  },
  // https://docs.deepinfra.com/api-reference/openai-audio-speech-1. It writes WAV where nothing is asked for, and OpenAI MP3.
  speech: {
    models: { 'kokoro-82m': 'hexgrad/Kokoro-82M' },
    endpoint: (request, exchange) => speech({ response_format: 'mp3', ...request }, exchange),
  },
  // https://deepinfra.com/openai/whisper-large-v3-turbo/api
  transcribe: {
    models: {
      'whisper-large-v3': 'openai/whisper-large-v3',
      'whisper-large-v3-turbo': 'openai/whisper-large-v3-turbo',
    },
    endpoint: transcriptions({ translates: false, streams: false }),
  },
  quirks: { messages: {} },
});
