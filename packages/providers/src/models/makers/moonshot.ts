// Moonshot's models. Source: https://platform.kimi.ai/docs/models and /pricing/chat
import { costs, type Maker, WATCHES } from '../facts/family.ts';

/** Moonshot AI. */
export const moonshot: Maker = {
  id: 'moonshot',
  prefixes: ['moonshot', 'moonshotai'],
  models: {
    'kimi-k2': {
      contextLength: 131_072,
      ...costs(0.6, 2.5),
      aliases: ['kimi-k2-0711-preview', 'kimi-k2-instruct'],
    },
    'kimi-k2-0905': {
      contextLength: 262_144,
      ...costs(0.6, 2.5),
      aliases: ['kimi-k2-0905-preview', 'kimi-k2-instruct-0905'],
    },
    'kimi-k2-thinking': { contextLength: 262_144, ...costs(0.6, 2.5) },
    'kimi-k2.5': { contextLength: 262_144, ...WATCHES, ...costs(0.6, 3), aliases: ['kimi-k2p5'] },
    'kimi-k2.6': { contextLength: 262_144, ...WATCHES, ...costs(0.95, 4), aliases: ['kimi-k2p6'] },
    'kimi-k2.7-code': { contextLength: 262_144, ...WATCHES, ...costs(0.95, 4), aliases: ['kimi-k2p7-code'] },
    'kimi-k3': { contextLength: 1_048_576, ...WATCHES, ...costs(3, 15) },
    'kimi-k3.1-pro': { contextLength: 1_048_576, ...costs(2, 10), aliases: ['kimi-k3p1-pro'] },
  },
};
