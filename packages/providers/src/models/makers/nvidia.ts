// NVIDIA's models. Source: https://docs.api.nvidia.com/nim/reference/llm-apis
import type { Maker } from '../facts/family.ts';

/** NVIDIA. */
export const nvidia: Maker = {
  id: 'nvidia',
  prefixes: ['nvidia'],
  models: {
    'nemotron-3-nano': { aliases: ['nemotron-3-nano-30b-a3b'] },
    'nemotron-3-super': { contextLength: 262_144, aliases: ['nemotron-3-super-120b-a12b'] },
    'nemotron-3-ultra': { contextLength: 1_000_000, aliases: ['nemotron-3-ultra-550b-a55b'] },
    'llama-3.3-nemotron-super-49b-v1.5': { contextLength: 131_072 },
    'llama-3.1-nemotron-ultra-253b': {
      contextLength: 128_000,
      aliases: ['llama-3.1-nemotron-ultra-253b-v1'],
    },
  },
};
