// Voyage AI's models. Sources: https://docs.voyageai.com/docs/embeddings and https://docs.voyageai.com/docs/pricing
import { costs, embeds, embedsUpTo, type Maker } from '../facts/family.ts';

/** 2048 numbers where they are asked for, 1024 otherwise. */
const LONG = { contextLength: 32_000, ...embedsUpTo(1024) } as const;

/** Voyage AI. The vectors of the voyage-4 models can be compared with each other. */
export const voyage: Maker = {
  id: 'voyage',
  prefixes: ['voyage', 'voyageai'],
  models: {
    'voyage-4-large': { ...LONG, ...costs(0.12, 0) },
    'voyage-4': { ...LONG, ...costs(0.06, 0) },
    'voyage-4-lite': { ...LONG, ...costs(0.02, 0) },
    'voyage-code-3': { ...LONG, ...costs(0.18, 0) },
    'voyage-finance-2': { contextLength: 32_000, ...embeds(1024), ...costs(0.12, 0) },
    'voyage-law-2': { contextLength: 16_000, ...embeds(1024), ...costs(0.12, 0) },
  },
};
