// Black Forest Labs: `POST {base}/{model}` begins an image, which is asked after at the address that comes back.
// Source: https://docs.bfl.ai/quick_start/generating_images, and for models /flux_2/flux2_image_editing and /kontext/kontext_image_editing
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { ownURL } from '../../http/transport/named-url.ts';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { aspectRatioOf, forEachImage, ownParameters, pixelsOf } from '../images/image-body.ts';
import { inlineImages } from '../images/inline-images.ts';
import { pollUntilMade } from '../images/poll.ts';
import { fluxImageOf, readFluxState } from './flux-result.ts';

/** Whose sizes are ratios. */
const BY_RATIO = /kontext|ultra/;
const RATIOS = ['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '21:9', '9:21', '5:4', '4:5'];
/** How many images FLUX.2 edits at once. */
const MOST = 8;

/** Images of FLUX. */
export const blackForestLabsImages: Endpoint<'image'> = async function* (request, exchange) {
  const own = ownParameters(request, exchange, { edits: MOST, takes: ['output_format'] });
  const byRatio = BY_RATIO.test(request.model);
  const { ratio } = byRatio ? aspectRatioOf(request, exchange, RATIOS) : {};
  const inputs = await inlineImages(request.image, exchange.provider);
  const json = {
    ...own,
    prompt: request.prompt,
    ...(byRatio ? ratio !== undefined && { aspect_ratio: ratio } : pixelsOf(request)),
    ...Object.fromEntries(
      inputs.map(({ base64 }, at) => [at === 0 ? 'input_image' : `input_image_${at + 1}`, base64]),
    ),
  };
  const hides = { prompt: request.prompt };
  const path = `/${encodeSegments(request.model, 'the model', 1)}`;
  const made = await forEachImage(request, exchange, async (seed, signal) => {
    const { response, asked } = await exchange.send({ path, json: { ...json, ...seed }, hides });
    const named = await readJsonAnswer(response, asked, 'an image that has begun', (answer) =>
      asText(asObject(answer)?.polling_url),
    );
    const at = ownURL(named, asked, 'bfl.ai');
    const ask = async () => readFluxState(await exchange.send({ path, url: at, hides }));
    return { image: await pollUntilMade(exchange, signal, asked, ask, fluxImageOf), asked };
  });
  const data = made.map(({ image }) => image);
  yield* answerImages({ data }, request, exchange, made[0].asked);
};
