// Black Forest Labs: the makers of FLUX; images only. Source: https://docs.bfl.ai/quick_start/generating_images
import { openaiWithoutChat } from '../provider/openai-compatible.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';

export default openaiWithoutChat({
  id: 'black-forest-labs',
  name: 'Black Forest Labs',
  website: 'https://docs.bfl.ai/quick_start/generating_images',
  baseURL: 'https://api.bfl.ai/v1',
  env: ['BFL_API_KEY'],
  image: {
    models: {
      'flux-2-max': 'flux-2-max',
      'flux-2-pro': 'flux-2-pro',
      'flux-2-flex': 'flux-2-flex',
      'flux-2-klein-4b': 'flux-2-klein-4b',
      'flux-2-klein-9b': 'flux-2-klein-9b',
      'flux-kontext-max': 'flux-kontext-max',
      'flux-kontext-pro': 'flux-kontext-pro',
      'flux-1.1-pro': 'flux-pro-1.1',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/image-services/black-forest-labs.ts')).blackForestLabsImages,
    ),
  },
  quirks: { authorize: (key) => ({ 'x-key': key }) },
});
