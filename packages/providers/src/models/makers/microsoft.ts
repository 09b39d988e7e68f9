// Microsoft's models. Source: https://huggingface.co/microsoft
import { type Maker, SEES } from '../facts/family.ts';

/** Microsoft. */
export const microsoft: Maker = {
  id: 'microsoft',
  prefixes: ['microsoft'],
  models: {
    'phi-4': { contextLength: 16_384 },
    'phi-4-mini': { contextLength: 131_072, aliases: ['phi-4-mini-instruct'] },
    'phi-4-multimodal': { ...SEES, contextLength: 131_072, aliases: ['phi-4-multimodal-instruct'] },
  },
};
