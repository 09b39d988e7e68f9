// Together's images: `POST {base}/images/generations`, with pixels and names of formats of its own.
// Sources: https://docs.together.ai/reference/post-images-generations and https://docs.together.ai/docs/quickstart-flux
import { ownParameters, pixelsOf } from '../images/image-body.ts';
import { jsonImages } from '../images/json-images.ts';

/** It edits images that have an address: `image_url` and `reference_images` are parameters of its own. */
export const togetherImages = jsonImages((request, exchange) => ({
  path: '/images/generations',
  json: {
    ...ownParameters(request, exchange, { takes: ['output_format'] }),
    model: request.model,
    prompt: request.prompt,
    ...(request.n !== undefined && { n: request.n }),
    ...pixelsOf(request),
    ...(request.response_format !== undefined && {
      response_format: request.response_format === 'url' ? 'url' : 'base64',
    }),
  },
}));
