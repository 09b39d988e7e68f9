// Stability AI: the makers of Stable Diffusion; images only. Source: https://platform.stability.ai/docs/api-reference
import { openaiWithoutChat } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';

export default openaiWithoutChat({
  id: 'stability',
  name: 'Stability AI',
  website: 'https://platform.stability.ai/docs/api-reference',
  baseURL: 'https://api.stability.ai/v2beta',
  env: ['STABILITY_API_KEY'],
  image: {
    models: {
      'stable-image-core': 'core',
      'stable-image-ultra': 'ultra',
      'stable-diffusion-3.5-large': 'sd3.5-large',
      'stable-diffusion-3.5-large-turbo': 'sd3.5-large-turbo',
      'stable-diffusion-3.5-medium': 'sd3.5-medium',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/image-services/stability.ts')).stabilityImages,
    ),
  },
});
