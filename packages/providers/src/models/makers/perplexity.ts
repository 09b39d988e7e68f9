// Perplexity's models. Source: https://docs.perplexity.ai/docs/getting-started/pricing
import { costs, type Maker, SEES } from '../facts/family.ts';

/** Perplexity. What a search costs comes on top. */
export const perplexity: Maker = {
  id: 'perplexity',
  prefixes: ['perplexity'],
  models: {
    sonar: { contextLength: 128_000, ...costs(1, 1) },
    'sonar-pro': { contextLength: 200_000, ...SEES, ...costs(3, 15) },
    'sonar-reasoning-pro': { contextLength: 128_000, ...SEES, ...costs(2, 8) },
    'sonar-deep-research': { contextLength: 128_000, ...costs(2, 8) },
  },
};
