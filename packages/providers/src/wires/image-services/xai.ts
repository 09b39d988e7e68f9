// xAI's images: OpenAI's form with a ratio in the place of a size, and JSON for edits.
// Sources: https://docs.x.ai/developers/model-capabilities/images/generation and /images/editing
import { aspectRatioOf, ownParameters } from '../images/image-body.ts';
import { inlineURLs } from '../images/inline-images.ts';
import { jsonImages } from '../images/json-images.ts';

const RATIOS = [
  ...['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '2:1', '1:2'],
  ...['19.5:9', '9:19.5', '20:9', '9:20'],
];
/** How many images it edits at once. */
const MOST = 3;

/** Images of Grok Imagine. */
export const xaiImages = jsonImages(async (request, exchange) => {
  const own = ownParameters(request, exchange, { edits: MOST });
  const { ratio } = aspectRatioOf(request, exchange, RATIOS);
  const urls = await inlineURLs(request.image, exchange.provider);
  const images = urls.map((url) => ({ url, type: 'image_url' }));
  return {
    path: request.task === 'edit' ? '/images/edits' : '/images/generations',
    json: {
      ...own,
      model: request.model,
      prompt: request.prompt,
      ...(request.n !== undefined && { n: request.n }),
      ...(ratio !== undefined && { aspect_ratio: ratio }),
      ...(request.response_format !== undefined && { response_format: request.response_format }),
      ...(images.length > 1 ? { images } : images.length === 1 && { image: images[0] }),
    },
  };
});
