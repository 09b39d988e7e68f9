// The models of the Sentence Transformers project. Source: https://huggingface.co/sentence-transformers
import { EMBEDS, type Maker } from '../facts/family.ts';

/** Sentence Transformers. */
export const sentenceTransformers: Maker = {
  id: 'sentence-transformers',
  prefixes: ['sentence-transformers'],
  models: {
    'all-minilm-l6-v2': { contextLength: 256, ...EMBEDS },
  },
};
