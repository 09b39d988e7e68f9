// Images of Hugging Face's own servers: `POST …/hf-inference/models/{id}`, answered with the image itself.
// Source: https://huggingface.co/docs/inference-providers/tasks/text-to-image
import { encodeSegments } from '../../http/transport/path-segments.ts';
import type { Endpoint } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { forEachImage, ownParameters, pixelsOf } from '../images/image-body.ts';
import { readImageBytes } from '../images/image-bytes.ts';

/** Text to image; it stands beside the router's OpenAI-like API. */
export const huggingfaceImages: Endpoint<'image'> = async function* (request, exchange) {
  const parameters = { ...ownParameters(request, exchange, {}), ...pixelsOf(request) };
  const made = await forEachImage(request, exchange, async (seed) => {
    const reply = await exchange.send({
      path: `/../hf-inference/models/${encodeSegments(request.model, 'the model', 2)}`,
      accept: 'image/png',
      json: { inputs: request.prompt, parameters: { ...parameters, ...seed } },
      hides: { prompt: request.prompt },
    });
    return { b64_json: await readImageBytes(reply), asked: reply.asked };
  });
  const data = made.map(({ b64_json }) => ({ b64_json }));
  yield* answerImages({ data }, request, exchange, made[0].asked);
};
