// xAI's models. Sources: https://docs.x.ai/developers/models and /migration/may-15-retirement
import { costs, DRAWS, type Maker, SEES } from '../facts/family.ts';

const MAY_2026 = { ended: '2026-05-15' } as const;

/** xAI. */
export const xai: Maker = {
  id: 'xai',
  prefixes: ['xai', 'x-ai'],
  models: {
    'grok-3': { contextLength: 131_072, ...costs(3, 15), ...MAY_2026, successor: 'grok-4.3' },
    'grok-3-mini': { contextLength: 131_072, ...costs(0.3, 0.5) },
    'grok-4': {
      contextLength: 256_000,
      ...SEES,
      ...costs(3, 15),
      ...MAY_2026,
      aliases: ['grok-4-0709'],
      successor: 'grok-4.3',
    },
    'grok-4.3': { contextLength: 1_000_000, ...SEES, ...costs(1.25, 2.5) },
    'grok-4.5': { contextLength: 500_000, ...SEES, ...costs(2, 6), released: '2026-07-08' },
    'grok-4.6': { contextLength: 500_000, ...SEES, ...costs(2, 6) },
    'grok-imagine-image': { ...SEES, ...DRAWS },
    'grok-imagine-image-quality': { ...SEES, ...DRAWS },
    'grok-4.7': { contextLength: 500_000, ...SEES, ...costs(2, 6), released: '2026-09-16' },
  },
};
