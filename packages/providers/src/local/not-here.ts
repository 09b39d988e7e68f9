// The embedded model where there is no Node: the browser build has this file in the place of backends/local.ts.
import { defineProvider, G4FError } from '@g4f/core';

const WHY = 'the embedded model needs Node.js';

export default defineProvider({
  id: 'local',
  name: 'Embedded model',
  website: 'https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct',
  key: 'none',
  models: {},
  available: async () => WHY,
  // biome-ignore lint/correctness/useYield: it says nothing but this.
  async *chat() {
    throw new G4FError(`local: ${WHY}. Choose another provider.`, { code: 'no-provider', provider: 'local' });
  },
});
