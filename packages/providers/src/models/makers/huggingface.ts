// Hugging Face's own models. Source: https://huggingface.co/HuggingFaceTB
import type { Maker } from '../facts/family.ts';

/** Hugging Face. */
export const huggingface: Maker = {
  id: 'huggingface',
  prefixes: ['huggingfacetb'],
  models: {
    'smollm2-135m': { contextLength: 8192, aliases: ['smollm2-135m-instruct'] },
    'smollm2-360m': { contextLength: 8192, aliases: ['smollm2-360m-instruct'] },
    'smollm2-1.7b': { contextLength: 8192, aliases: ['smollm2-1.7b-instruct'] },
  },
};
