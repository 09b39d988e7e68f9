// The Stable Diffusion models. Source: https://platform.stability.ai/docs/api-reference
import { DRAWS, type Maker, SEES } from '../facts/family.ts';

/** Stability AI. */
export const stability: Maker = {
  id: 'stability',
  prefixes: ['stabilityai'],
  models: {
    'stable-image-core': { ...DRAWS },
    'stable-image-ultra': { ...SEES, ...DRAWS },
    'stable-diffusion-3.5-large': { ...SEES, ...DRAWS, aliases: ['sd3.5-large'] },
    'stable-diffusion-3.5-large-turbo': { ...SEES, ...DRAWS, aliases: ['sd3.5-large-turbo'] },
    'stable-diffusion-3.5-medium': { ...SEES, ...DRAWS, aliases: ['sd3.5-medium'] },
  },
};
