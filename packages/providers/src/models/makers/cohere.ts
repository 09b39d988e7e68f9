// Cohere's models. Sources: https://docs.cohere.com/docs/models and https://cohere.com/pricing
import { costs, embeds, embedsUpTo, type Maker, SEES } from '../facts/family.ts';

/** Cohere. */
export const cohere: Maker = {
  id: 'cohere',
  prefixes: ['cohere', 'coherelabs'],
  models: {
    'command-a': { contextLength: 256_000, ...costs(2.5, 10), aliases: ['command-a-03-2025'] },
    'command-a-plus': { contextLength: 128_000, ...SEES, aliases: ['command-a-plus-05-2026'] },
    'command-a-reasoning': { contextLength: 256_000, aliases: ['command-a-reasoning-08-2025'] },
    'command-a-vision': { contextLength: 128_000, ...SEES, aliases: ['command-a-vision-07-2025'] },
    'command-r-plus': { contextLength: 128_000, ...costs(2.5, 10), aliases: ['command-r-plus-08-2024'] },
    'command-r': { contextLength: 128_000, ...costs(0.15, 0.6), aliases: ['command-r-08-2024'] },
    'command-r7b': { contextLength: 128_000, ...costs(0.0375, 0.15), aliases: ['command-r7b-12-2024'] },
    // https://docs.cohere.com/changelog/embed-v5
    'embed-v5-pro': {
      contextLength: 128_000,
      ...embedsUpTo(2048),
      ...costs(0.12, 0),
      aliases: ['embed-v5.0-pro'],
    },
    'embed-v5-fast': {
      contextLength: 128_000,
      ...embedsUpTo(2048),
      ...costs(0.08, 0),
      aliases: ['embed-v5.0-fast'],
    },
    'embed-v4': {
      contextLength: 128_000,
      ...SEES,
      ...embedsUpTo(1536),
      ...costs(0.12, 0),
      aliases: ['embed-v4.0'],
    },
    'embed-english-v3': {
      contextLength: 512,
      ...embeds(1024),
      ...costs(0.1, 0),
      aliases: ['embed-english-v3.0'],
    },
    'embed-multilingual-v3': {
      contextLength: 512,
      ...embeds(1024),
      ...costs(0.1, 0),
      aliases: ['embed-multilingual-v3.0'],
    },
  },
};
