// Anthropic's models. Sources: https://platform.claude.com/docs/en/about-claude/models/overview and /model-deprecations
import { costs, type Maker, SEES } from '../facts/family.ts';

const MILLION = { contextLength: 1_000_000, ...SEES } as const;
const SMALL = { contextLength: 200_000, ...SEES } as const;

/** Anthropic. Its own ids have dashes where the families have dots, and a date up to the 4.5 line. */
export const anthropic: Maker = {
  id: 'anthropic',
  prefixes: ['anthropic'],
  models: {
    'claude-fable-5.2': { ...MILLION, ...costs(8, 40), aliases: ['claude-fable-5-2'] },
    'claude-fable-5.1': { ...MILLION, ...costs(10, 50), aliases: ['claude-fable-5-1'] },
    'claude-fable-5': { ...MILLION, ...costs(10, 50) },
    'claude-opus-5.5': { ...MILLION, ...costs(4, 20), released: '2026-09-22', aliases: ['claude-opus-5-5'] },
    'claude-opus-5': { ...MILLION, ...costs(5, 25), released: '2026-07-24' },
    'claude-opus-4.8': { ...MILLION, ...costs(5, 25), aliases: ['claude-opus-4-8'] },
    'claude-opus-4.7': { ...MILLION, ...costs(5, 25), aliases: ['claude-opus-4-7'] },
    'claude-opus-4.6': { ...MILLION, ...costs(5, 25), aliases: ['claude-opus-4-6'] },
    'claude-opus-4.5': {
      ...SMALL,
      ...costs(5, 25),
      aliases: ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
    },
    'claude-opus-4.1': {
      ...SMALL,
      ...costs(15, 75),
      ended: '2026-08-05',
      aliases: ['claude-opus-4-1', 'claude-opus-4-1-20250805'],
    },
    'claude-opus-4': {
      ...SMALL,
      ...costs(15, 75),
      ended: '2026-06-15',
      aliases: ['claude-opus-4-0', 'claude-opus-4-20250514'],
      successor: 'claude-opus-4.8',
    },
    'claude-sonnet-5.5': { ...MILLION, ...costs(2, 10), aliases: ['claude-sonnet-5-5'] },
    'claude-sonnet-5': { ...MILLION, ...costs(2, 10) },
    'claude-sonnet-4.6': { ...MILLION, ...costs(3, 15), aliases: ['claude-sonnet-4-6'] },
    'claude-sonnet-4.5': {
      ...SMALL,
      ...costs(3, 15),
      ended: '2026-11-30',
      aliases: ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
    },
    'claude-sonnet-4': {
      ...SMALL,
      ...costs(3, 15),
      ended: '2026-06-15',
      aliases: ['claude-sonnet-4-0', 'claude-sonnet-4-20250514'],
      successor: 'claude-sonnet-4.6',
    },
    'claude-sonnet-3.7': {
      ...SMALL,
      ...costs(3, 15),
      ended: '2026-02-19',
      aliases: ['claude-3.7-sonnet', 'claude-3-7-sonnet', 'claude-3-7-sonnet-20250219'],
    },
    // Up to 100,000 tokens of prompt; five times that above.
    'claude-haiku-5.5': { ...MILLION, ...costs(0.1, 0.5), aliases: ['claude-haiku-5-5'] },
    'claude-haiku-4.5': {
      ...SMALL,
      ...costs(1, 5),
      aliases: ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
    },
    'claude-haiku-3.5': {
      ...SMALL,
      ...costs(0.8, 4),
      aliases: ['claude-3.5-haiku', 'claude-3-5-haiku', 'claude-3-5-haiku-20241022'],
    },
  },
};
