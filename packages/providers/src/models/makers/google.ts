// Google's models. Sources: https://ai.google.dev/gemini-api/docs/models, /pricing and /deprecations
import { costs, DRAWS, embedsUpTo, type Maker, SEES, SEES_ALL, SPEAKS } from '../facts/family.ts';

const GEMINI = { contextLength: 1_048_576, ...SEES_ALL } as const;

/** Google. The prices of gemini-3.7-flash and -3.8-flash are halved until the end of 2026, and so left out. */
export const google: Maker = {
  id: 'google',
  home: 'gemini',
  prefixes: ['google'],
  models: {
    'gemini-3.8-flash': { ...GEMINI, released: '2026-09-02' },
    'gemini-3.7-flash': { ...GEMINI, released: '2026-08-13' },
    'gemini-3.6-flash': { ...GEMINI, ...costs(1.5, 7.5), released: '2026-07-21' },
    'gemini-3.5-flash': { ...GEMINI, ...costs(1.5, 9), released: '2026-05-19' },
    'gemini-3.5-flash-lite': { ...GEMINI, ...costs(0.3, 2.5), released: '2026-07-21' },
    'gemini-3.1-pro': {
      ...GEMINI,
      ...costs(2, 12),
      released: '2026-02-19',
      aliases: ['gemini-3.1-pro-preview'],
    },
    'gemini-3.1-flash-lite': { ...GEMINI, ...costs(0.25, 1.5), released: '2026-05-07' },
    'gemini-3-flash': {
      ...GEMINI,
      ...costs(0.5, 3),
      released: '2025-12-17',
      aliases: ['gemini-3-flash-preview'],
    },
    'gemini-2.5-pro': {
      ...GEMINI,
      ...costs(1.25, 10),
      released: '2025-06-17',
      ended: '2026-12-01',
      successor: 'gemini-3.8-flash',
    },
    'gemini-2.5-flash': {
      ...GEMINI,
      ...costs(0.3, 2.5),
      released: '2025-06-17',
      ended: '2026-12-01',
      successor: 'gemini-3.5-flash-lite',
    },
    'gemini-2.5-flash-lite': { ...GEMINI, ...costs(0.1, 0.4), released: '2025-07-22' },
    'gemini-3.1-flash-image': { ...SEES, ...DRAWS, released: '2026-05-28' },
    'gemini-3-pro-image': { ...SEES, ...DRAWS, released: '2026-05-28' },
    'gemini-2.5-flash-image': { ...SEES, ...DRAWS, released: '2025-10-02' },
    'gemini-3.8-flash-tts': SPEAKS,
    'gemini-3.8-flash-lite-tts': SPEAKS,
    'gemini-embedding-001': { contextLength: 2048, ...embedsUpTo(3072), ...costs(0.15, 0) },
    'gemini-embedding-2': { contextLength: 8192, ...SEES_ALL, ...embedsUpTo(3072), ...costs(0.2, 0) },
    'gemma-3-4b': { contextLength: 131_072, ...SEES, aliases: ['gemma-3-4b-it'] },
    'gemma-3-12b': { contextLength: 131_072, ...SEES, aliases: ['gemma-3-12b-it'] },
    'gemma-3-27b': { contextLength: 131_072, ...SEES, aliases: ['gemma-3-27b-it'] },
    'gemma-4-26b-a4b': { contextLength: 262_144, ...SEES, aliases: ['gemma-4-26b-a4b-it'] },
    'gemma-4-31b': { contextLength: 262_144, ...SEES, aliases: ['gemma-4-31b-it'] },
  },
};
