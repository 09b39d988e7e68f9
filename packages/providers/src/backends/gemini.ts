// Google's Gemini API. Source: https://ai.google.dev/gemini-api/docs/models and /docs/deprecations: from 1 December 2026 it
// answers gemini-2.5-pro and gemini-2.5-flash with other models, so these families are not offered.

import { overWire } from '../provider/over-wire.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { gemini } from '../wires/gemini/index.ts';

export default overWire(gemini, {
  id: 'gemini',
  name: 'Google Gemini',
  website: 'https://ai.google.dev/api',
  baseURL: 'https://generativelanguage.googleapis.com/v1beta',
  env: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  models: {
    'gemini-3.8-flash': 'gemini-3.8-flash',
    'gemini-3.7-flash': 'gemini-3.7-flash',
    'gemini-3.6-flash': 'gemini-3.6-flash',
    'gemini-3.5-flash': 'gemini-3.5-flash',
    'gemini-3.5-flash-lite': 'gemini-3.5-flash-lite',
    'gemini-3.1-flash-lite': 'gemini-3.1-flash-lite',
    'gemini-3.1-pro': 'gemini-3.1-pro-preview',
    'gemini-2.5-flash-lite': 'gemini-2.5-flash-lite',
  },
  // At most 100 texts: https://ai.google.dev/gemini-api/docs/embeddings. Vectors of fewer than 3072 numbers are not of length 1.
  embed: {
    models: { 'gemini-embedding-001': 'gemini-embedding-001', 'gemini-embedding-2': 'gemini-embedding-2' },
    maxInputs: 100,
  },
  // https://ai.google.dev/gemini-api/docs/image-generation
  image: {
    models: {
      'gemini-3.1-flash-image': 'gemini-3.1-flash-image',
      'gemini-3-pro-image': 'gemini-3-pro-image',
      'gemini-2.5-flash-image': 'gemini-2.5-flash-image',
    },
    endpoint: lazyEndpoint(async () => (await import('../wires/gemini/images.ts')).geminiImages),
  },
  // https://ai.google.dev/gemini-api/docs/speech-generation
  speech: {
    models: {
      'gemini-3.8-flash-tts': 'gemini-3.8-flash-tts',
      'gemini-3.8-flash-lite-tts': 'gemini-3.8-flash-lite-tts',
    },
    endpoint: lazyEndpoint(async () => (await import('../wires/gemini/speech.ts')).geminiSpeech),
  },
  // Its models for chat hear: https://ai.google.dev/gemini-api/docs/audio
  transcribe: {
    models: {
      'gemini-3.8-flash': 'gemini-3.8-flash',
      'gemini-3.5-flash': 'gemini-3.5-flash',
      'gemini-3.5-flash-lite': 'gemini-3.5-flash-lite',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/gemini/transcriptions.ts')).geminiTranscriptions,
    ),
  },
});
