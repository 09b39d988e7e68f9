// DeepSeek's models. Sources: https://api-docs.deepseek.com/quick_start/pricing and https://huggingface.co/deepseek-ai
import { costs, type Maker } from '../facts/family.ts';

/** DeepSeek. Its `deepseek-chat` and `deepseek-reasoner` moved from model to model, and are no names of any. */
export const deepseek: Maker = {
  id: 'deepseek',
  prefixes: ['deepseek', 'deepseek-ai'],
  models: {
    'deepseek-v3': {},
    'deepseek-v3-0324': {},
    'deepseek-v3.1': {},
    'deepseek-v3.1-terminus': {},
    'deepseek-v3.2': {},
    'deepseek-v4-flash': { contextLength: 1_000_000 },
    'deepseek-v4-pro': { contextLength: 1_000_000 },
    'deepseek-v4.1-flash': { contextLength: 1_000_000, ...costs(0.3, 1.2), aliases: ['deepseek-v4p1-flash'] },
    'deepseek-r1': {},
    'deepseek-r1-0528': {},
    'deepseek-r1-distill-llama-70b': {},
    'deepseek-r1-distill-qwen-32b': {},
  },
};
