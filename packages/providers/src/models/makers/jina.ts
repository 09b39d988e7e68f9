// Jina AI's models. Sources: https://jina.ai/models/jina-embeddings-v5-text-small/ and https://huggingface.co/jinaai
import { embedsUpTo, type Maker, SEES } from '../facts/family.ts';

/** Jina AI. */
export const jina: Maker = {
  id: 'jina',
  prefixes: ['jina', 'jinaai'],
  models: {
    'jina-embeddings-v5-text-small': { contextLength: 32_768, ...embedsUpTo(1024) },
    'jina-embeddings-v4': { contextLength: 32_768, ...SEES, ...embedsUpTo(2048) },
    'jina-embeddings-v3': { contextLength: 8192, ...embedsUpTo(1024) },
  },
};
