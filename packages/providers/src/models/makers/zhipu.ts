// Zhipu's models. Source: https://docs.z.ai/guides/overview/pricing
import { costs, DRAWS, type Maker, WATCHES } from '../facts/family.ts';

/** Zhipu AI, abroad Z.ai. */
export const zhipu: Maker = {
  id: 'zhipu',
  prefixes: ['zhipu', 'zhipuai', 'z-ai', 'zai', 'zai-org'],
  models: {
    'glm-4.5': { contextLength: 131_072, ...costs(0.6, 2.2) },
    'glm-4.5-air': { contextLength: 131_072, ...costs(0.2, 1.1) },
    'glm-4.5v': { contextLength: 64_000, ...WATCHES, ...costs(0.6, 1.8) },
    'glm-4.6': { contextLength: 204_800, ...costs(0.6, 2.2) },
    'glm-4.6v': { contextLength: 128_000, ...WATCHES, ...costs(0.3, 0.9) },
    'glm-4.7': { contextLength: 204_800, ...costs(0.6, 2.2) },
    'glm-4.7-flash': { contextLength: 200_000 },
    'glm-5': { contextLength: 204_800, ...costs(1, 3.2) },
    'glm-5.1': { contextLength: 200_000, ...costs(1.4, 4.4), aliases: ['glm-5p1'] },
    'glm-5.2': { contextLength: 1_000_000, ...costs(1.4, 4.4), aliases: ['glm-5p2'] },
    'glm-5.3': { ...costs(1.4, 4.4), aliases: ['glm-5p3'] },
    'glm-5.3-flash': {
      contextLength: 1_000_000,
      ...WATCHES,
      ...costs(0.15, 0.5),
      released: '2026-08-26',
      aliases: ['glm-5p3-flash'],
    },
    'cogview-4': { ...DRAWS },
    'glm-image': { ...DRAWS },
  },
};
