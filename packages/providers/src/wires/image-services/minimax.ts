// MiniMax's images: `POST {base}/image_generation`. Source: https://platform.minimax.io/docs/api-reference/image-generation-t2i
import { asList, asObject, asText } from '../decoding/json.ts';
import type { MadeImages } from '../images/image-answer.ts';
import { ownParameters, pixelsOf } from '../images/image-body.ts';
import { jsonImages } from '../images/json-images.ts';

/** Images made of a prompt; `subject_reference` and `prompt_optimizer` are parameters of its own. */
export const minimaxImages = jsonImages(
  (request, exchange) => ({
    path: '/image_generation',
    json: {
      ...ownParameters(request, exchange, {}),
      model: request.model,
      prompt: request.prompt,
      ...(request.n !== undefined && { n: request.n }),
      ...pixelsOf(request),
      response_format: request.response_format === 'b64_json' || request.stream ? 'base64' : 'url',
    },
  }),
  readMade,
);

/** A refusal with status 200 stands in `base_resp`, without images. */
function readMade(json: unknown): MadeImages | undefined {
  const { image_urls, image_base64 } = asObject(asObject(json)?.data) ?? {};
  const urls = asList(image_urls).flatMap((url) => (asText(url) === undefined ? [] : [{ url: String(url) }]));
  const whole = asList(image_base64).flatMap((bytes) =>
    asText(bytes) === undefined ? [] : [{ b64_json: String(bytes) }],
  );
  const data = [...urls, ...whole];
  return data.length === 0 ? undefined : { data };
}
