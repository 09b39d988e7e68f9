// Open embedding models whose makers have few others. Source: https://huggingface.co/ and the prefix of each.
import { embeds, embedsUpTo, type Maker } from '../facts/family.ts';

/** The makers, each with the name that its models have before theirs. */
export const openEmbeddings: readonly Maker[] = [
  {
    id: 'baai',
    prefixes: ['baai'],
    models: {
      'bge-m3': { contextLength: 8192, ...embeds(1024) },
      'bge-large-en-v1.5': { contextLength: 512, ...embeds(1024) },
      'bge-small-en-v1.5': { contextLength: 512, ...embeds(384) },
    },
  },
  {
    id: 'nomic',
    prefixes: ['nomic-ai'],
    models: { 'nomic-embed-text-v1.5': { contextLength: 8192, ...embedsUpTo(768) } },
  },
  {
    id: 'intfloat',
    prefixes: ['intfloat'],
    models: {
      'multilingual-e5-large': { contextLength: 512, ...embeds(1024) },
      'multilingual-e5-large-instruct': { contextLength: 512, ...embeds(1024) },
    },
  },
  {
    id: 'sentence-transformers',
    prefixes: ['sentence-transformers'],
    models: { 'all-minilm-l6-v2': { contextLength: 256, ...embeds(384) } },
  },
];
