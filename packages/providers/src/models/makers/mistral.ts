// Mistral's models. Sources: https://docs.mistral.ai/getting-started/models and https://mistral.ai/pricing/api
import { costs, embeds, embedsUpTo, HEARS, type Maker, SEES } from '../facts/family.ts';

/** Mistral. `mistral-large`, `-medium` and `-small` are its newest, as its own `…-latest` are: they move, the rest stay. */
export const mistral: Maker = {
  id: 'mistral',
  prefixes: ['mistral', 'mistralai'],
  models: {
    'mistral-large': { aliases: ['mistral-large-latest'] },
    'mistral-large-2.1': { contextLength: 131_072, ...costs(2, 6), aliases: ['mistral-large-2411'] },
    'mistral-large-3': {
      contextLength: 262_144,
      ...SEES,
      ...costs(0.5, 1.5),
      aliases: ['mistral-large-2512'],
    },
    'mistral-large-4': { contextLength: 1_048_576, ...costs(0.7, 2.1), aliases: ['mistral-large-4-0'] },
    'mistral-medium': { aliases: ['mistral-medium-latest'] },
    'mistral-medium-3': {
      contextLength: 131_072,
      ...SEES,
      ...costs(0.4, 2),
      aliases: ['mistral-medium-2505'],
    },
    'mistral-medium-3.1': { ...SEES, ...costs(0.4, 2), aliases: ['mistral-medium-2508'] },
    'mistral-medium-3.5': {
      contextLength: 262_144,
      ...SEES,
      ...costs(1.5, 7.5),
      aliases: ['mistral-medium-2604', 'mistral-medium-3-5'],
    },
    'mistral-small': { aliases: ['mistral-small-latest'] },
    'mistral-small-3.2': {
      contextLength: 128_000,
      ...SEES,
      ...costs(0.1, 0.3),
      aliases: ['mistral-small-2506', 'mistral-small-3.2-24b-instruct'],
    },
    'mistral-small-4': {
      contextLength: 262_144,
      ...SEES,
      ...costs(0.15, 0.6),
      aliases: ['mistral-small-2603'],
    },
    'ministral-3b': { aliases: ['ministral-3b-latest'] },
    'ministral-8b': { aliases: ['ministral-8b-latest'] },
    'magistral-medium': { ...costs(2, 5), aliases: ['magistral-medium-latest'] },
    'magistral-small': { ...costs(0.5, 1.5), aliases: ['magistral-small-latest'] },
    codestral: { contextLength: 256_000, ...costs(0.3, 0.9), aliases: ['codestral-latest'] },
    'voxtral-mini-transcribe-2': { ...HEARS, aliases: ['voxtral-mini-2602'] },
    'devstral-2': { contextLength: 262_144, ...costs(0.4, 2), aliases: ['devstral-2512'] },
    'mistral-nemo': {
      contextLength: 128_000,
      ...costs(0.15, 0.15),
      aliases: ['open-mistral-nemo', 'mistral-nemo-instruct-2407'],
    },
    'pixtral-12b': { contextLength: 128_000, ...SEES, ...costs(0.15, 0.15), aliases: ['pixtral-12b-2409'] },
    'pixtral-large': { contextLength: 128_000, ...SEES, ...costs(2, 6), aliases: ['pixtral-large-latest'] },
    'mixtral-8x7b': {
      contextLength: 32_768,
      ...costs(0.7, 0.7),
      aliases: ['open-mixtral-8x7b', 'mixtral-8x7b-instruct', 'mixtral-8x7b-instruct-v0.1'],
    },
    'mixtral-8x22b': {
      contextLength: 65_536,
      ...costs(2, 6),
      aliases: ['open-mixtral-8x22b', 'mixtral-8x22b-instruct', 'mixtral-8x22b-instruct-v0.1'],
    },
    'mistral-embed': {
      contextLength: 8192,
      ...embeds(1024),
      ...costs(0.1, 0),
      aliases: ['mistral-embed-2312'],
    },
    // Its vectors may have up to 3072 numbers: https://docs.mistral.ai/capabilities/embeddings/code_embeddings
    'codestral-embed': {
      contextLength: 8192,
      ...embedsUpTo(1536),
      ...costs(0.15, 0),
      aliases: ['codestral-embed-2505'],
    },
    // https://docs.mistral.ai/studio/safety-moderation
    'mistral-moderation': { aliases: ['mistral-moderation-latest'] },
  },
};
