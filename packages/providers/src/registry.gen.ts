// Generated from src/backends by scripts/generate-registry; do not edit.
import type { RegistryEntry } from './registry.ts';

export const registry: Readonly<Record<string, RegistryEntry>> = {
  groq: {
    id: 'groq',
    name: 'Groq',
    website: 'https://console.groq.com/docs/api-reference',
    key: 'required',
    env: ['GROQ_API_KEY'],
    baseURL: 'https://api.groq.com/openai/v1',
    models: {
      'llama-3.3-70b': 'llama-3.3-70b-versatile',
    },
    load: () => import('./backends/groq.ts').then((module) => module.default),
  },
};
