// The FLUX models. Source: https://huggingface.co/black-forest-labs
import { DRAWS, type Maker, SEES } from '../facts/family.ts';

/** Black Forest Labs. */
export const blackForestLabs: Maker = {
  id: 'black-forest-labs',
  prefixes: ['black-forest-labs'],
  models: {
    'flux-schnell': { ...DRAWS, aliases: ['flux.1-schnell', 'flux-1-schnell'] },
    'flux-dev': { ...DRAWS, aliases: ['flux.1-dev', 'flux-1-dev'] },
    'flux-pro': { ...DRAWS, aliases: ['flux.1-pro'] },
    'flux-kontext-pro': { ...SEES, ...DRAWS, aliases: ['flux.1-kontext-pro'] },
    'flux-kontext-dev': { ...SEES, ...DRAWS, aliases: ['flux.1-kontext-dev'] },
  },
};
