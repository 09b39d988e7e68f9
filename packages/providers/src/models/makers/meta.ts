// Meta's models. Sources: https://www.llama.com/docs/model-cards-and-prompt-formats and https://huggingface.co/meta-llama
import { type Maker, type ModelData, SEES } from '../facts/family.ts';

/** Services leave `-instruct` out as often as not; the base model, which does not chat, goes by other names. */
const instruct = (
  name: string,
  ...more: readonly string[]
): Pick<ModelData, 'aliases' | 'contextLength'> => ({
  contextLength: 131_072,
  aliases: [`${name}-instruct`, ...more],
});

/** Meta. */
export const meta: Maker = {
  id: 'meta',
  prefixes: ['meta', 'meta-llama'],
  models: {
    'llama-3.1-8b': instruct('llama-3.1-8b', 'meta-llama-3.1-8b-instruct', 'llama-v3p1-8b-instruct'),
    'llama-3.1-70b': instruct('llama-3.1-70b', 'meta-llama-3.1-70b-instruct', 'llama-v3p1-70b-instruct'),
    'llama-3.1-405b': instruct('llama-3.1-405b', 'meta-llama-3.1-405b-instruct', 'llama-v3p1-405b-instruct'),
    'llama-3.2-1b': instruct('llama-3.2-1b'),
    'llama-3.2-3b': instruct('llama-3.2-3b'),
    'llama-3.2-11b-vision': { ...SEES, ...instruct('llama-3.2-11b-vision') },
    'llama-3.2-90b-vision': { ...SEES, ...instruct('llama-3.2-90b-vision') },
    'llama-3.3-70b': instruct('llama-3.3-70b', 'llama-v3p3-70b-instruct'),
    'llama-4-scout': { ...SEES, aliases: ['llama-4-scout-17b-16e-instruct'] },
    'llama-4-maverick': { ...SEES, aliases: ['llama-4-maverick-17b-128e-instruct'] },
  },
};
