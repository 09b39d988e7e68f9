// Alibaba's models. Sources: https://www.alibabacloud.com/help/en/model-studio/models and https://huggingface.co/Qwen
import { costs, DRAWS, embedsUpTo, type Maker, SEES, SEES_ALL, WATCHES } from '../facts/family.ts';

const LONG = { contextLength: 262_144 } as const;
const MILLION = { contextLength: 1_000_000 } as const;

/** Alibaba. */
export const qwen: Maker = {
  id: 'qwen',
  prefixes: ['qwen', 'alibaba'],
  models: {
    'qwen2.5-7b': { contextLength: 131_072, aliases: ['qwen2.5-7b-instruct', 'qwen-2.5-7b-instruct'] },
    'qwen2.5-72b': { contextLength: 131_072, aliases: ['qwen2.5-72b-instruct', 'qwen-2.5-72b-instruct'] },
    'qwen2.5-coder-32b': {
      aliases: ['qwen2.5-coder-32b-instruct', 'qwen-2.5-coder-32b-instruct'],
    },
    'qwen3-8b': { contextLength: 131_072 },
    'qwen3-14b': { contextLength: 131_072 },
    'qwen3-32b': { contextLength: 131_072 },
    'qwen3-30b-a3b': {},
    'qwen3-235b-a22b': { contextLength: 131_072 },
    'qwen3-235b-a22b-instruct-2507': LONG,
    'qwen3-coder-480b': {
      ...LONG,
      aliases: ['qwen3-coder-480b-a35b', 'qwen3-coder-480b-a35b-instruct'],
    },
    'qwen3-coder-30b': { ...LONG, aliases: ['qwen3-coder-30b-a3b', 'qwen3-coder-30b-a3b-instruct'] },
    'qwen3-next-80b': { aliases: ['qwen3-next-80b-a3b', 'qwen3-next-80b-a3b-instruct'] },
    'qwen3-vl-235b': { ...SEES, aliases: ['qwen3-vl-235b-a22b', 'qwen3-vl-235b-a22b-instruct'] },
    'qwen3-max': { ...LONG, ...costs(1.2, 6) },
    'qwen3-coder-plus': { contextLength: 1_048_576, ...costs(1, 5) },
    'qwen3.5-27b': { ...LONG, ...SEES_ALL },
    'qwen3.5-397b': { ...LONG, ...SEES_ALL, aliases: ['qwen3.5-397b-a17b'] },
    'qwen3.5-plus': { ...MILLION, ...WATCHES, ...costs(0.4, 2.4) },
    'qwen3.6-27b': { ...LONG, ...SEES_ALL },
    'qwen3.6-plus': { ...MILLION, ...WATCHES, ...costs(0.5, 3) },
    'qwen3.7-max': { ...MILLION, ...costs(2.5, 7.5) },
    'qwen3.7-plus': { ...MILLION, ...WATCHES, ...costs(0.5, 3) },
    'qwen3.8-27b': LONG,
    'qwen3-embedding-0.6b': { contextLength: 32_768, ...embedsUpTo(1024) },
    'qwen3-embedding-4b': { contextLength: 32_768, ...embedsUpTo(2560) },
    'qwen3-embedding-8b': { contextLength: 32_768, ...embedsUpTo(4096) },
    'qwen3.8-max': { ...MILLION, ...WATCHES, ...costs(2, 6) },
    'qwen-image-edit': { ...SEES, ...DRAWS },
  },
};
