// The embedded default: SmolLM2-135M-Instruct on this machine, with no key and no server.
// Source: https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct

import { defineProvider } from '@g4f/core';
import { available, chat, listModels } from '#platform/local-model';
import { FAMILY, MODEL_ID } from '../local/weights/model.ts';

export default defineProvider({
  id: 'local',
  name: 'Embedded model',
  website: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
  key: 'none',
  features: ['json-schema'],
  models: { [FAMILY]: MODEL_ID },
  available,
  chat,
  listModels,
});
