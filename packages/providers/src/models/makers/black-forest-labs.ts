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
    'flux-1.1-pro': { ...DRAWS, aliases: ['flux-pro-1.1', 'flux.1.1-pro'] },
    'flux-2-max': { ...SEES, ...DRAWS, aliases: ['flux.2-max'] },
    'flux-2-pro': { ...SEES, ...DRAWS, aliases: ['flux.2-pro'] },
    'flux-2-flex': { ...SEES, ...DRAWS, aliases: ['flux.2-flex'] },
    'flux-2-dev': { ...SEES, ...DRAWS, aliases: ['flux.2-dev'] },
    'flux-2-klein-4b': { ...SEES, ...DRAWS, aliases: ['flux.2-klein-4b'] },
    'flux-2-klein-9b': { ...SEES, ...DRAWS, aliases: ['flux.2-klein-9b'] },
    'flux-kontext-max': { ...SEES, ...DRAWS, aliases: ['flux.1-kontext-max'] },
    'flux-kontext-dev': { ...SEES, ...DRAWS, aliases: ['flux.1-kontext-dev'] },
  },
};
