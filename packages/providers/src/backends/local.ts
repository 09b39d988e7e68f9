// The embedded default: SmolLM2-135M-Instruct on this machine, with no key and no server.
// Source: https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct
import { defineProvider } from '@g4f/core';
import { chatLocally } from '../local/chat.ts';
import { FAMILY, MODEL_ID, MOST_CONTEXT_TOKENS } from '../local/model.ts';
import { ownModelName } from '../local/model-name.ts';
import { missingRuntime } from '../local/runtime.ts';

export default defineProvider({
  id: 'local',
  name: 'Embedded model',
  website: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
  key: 'none',
  features: ['json-schema'],
  models: { [FAMILY]: MODEL_ID },
  available: async ({ env }) => missingRuntime(env),
  chat: chatLocally,
  async listModels({ env }) {
    const own = ownModelName(env);
    if (own !== undefined) return [{ id: own }];
    return [{ id: MODEL_ID, contextLength: MOST_CONTEXT_TOKENS, ownedBy: 'HuggingFaceTB' }];
  },
});
