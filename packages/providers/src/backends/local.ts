// The embedded default: SmolLM2-135M-Instruct and all-MiniLM-L6-v2 on this machine, with no key and no server.
// Sources: https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2

import { defineProvider } from '@g4f/core';
import { available, chat, embed, listModels } from '#platform/local-model';

export default defineProvider({
  id: 'local',
  name: 'Embedded model',
  website: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
  key: 'none',
  features: ['json-schema'],
  models: { 'smollm2-135m': 'smollm2-135m-instruct' },
  modelsFor: { embed: { 'all-minilm-l6-v2': 'all-minilm-l6-v2' } },
  available,
  chat,
  embed,
  listModels,
});
