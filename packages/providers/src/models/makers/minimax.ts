// MiniMax's models. Source: https://platform.minimax.io/docs/pricing/overview
import { costs, DRAWS, type Maker, WATCHES } from '../facts/family.ts';

/** MiniMax. */
export const minimax: Maker = {
  id: 'minimax',
  prefixes: ['minimax', 'minimaxai'],
  models: {
    'minimax-m2': { contextLength: 204_800, ...costs(0.3, 1.2) },
    'minimax-m2.1': { contextLength: 204_800, ...costs(0.3, 1.2) },
    'minimax-m2.5': { contextLength: 204_800, ...costs(0.3, 1.2) },
    'minimax-m2.7': { contextLength: 204_800, ...costs(0.3, 1.2), aliases: ['minimax-m2p7'] },
    'minimax-m3': { contextLength: 1_000_000, ...WATCHES, ...costs(0.3, 1.2) },
    'minimax-m3.1-flash': { contextLength: 1_000_000, ...costs(0.15, 0.6) },
    'minimax-image-01': { ...DRAWS, aliases: ['image-01'] },
  },
};
