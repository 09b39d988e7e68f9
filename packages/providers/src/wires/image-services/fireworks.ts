// Fireworks' images: `POST {base}/workflows/{model}/text_to_image` answers with the image, FLUX.1 Kontext is asked after.
// Sources: https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt,
// /generate-or-edit-image-using-flux-kontext and /get-generated-image-from-flux-kontex

import type { GeneratedImage, ImageRequest } from '@g4f/core';
import { ownValue } from '@g4f/core/internal';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { Endpoint, EndpointContext } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { aspectRatioOf, forEachImage, ownParameters } from '../images/image-body.ts';
import { readImageBytes } from '../images/image-bytes.ts';
import { inlineURLs } from '../images/inline-images.ts';
import { pollUntilMade } from '../images/poll.ts';
import { type FluxState, fluxImageOf, readFluxState } from './flux-result.ts';

const RATIOS = ['1:1', '21:9', '16:9', '3:2', '5:4', '4:5', '2:3', '9:16', '9:21', '4:3', '3:4'];
const IN_BACKGROUND = /flux-kontext/;
/** What an answer with bytes may be. */
const FORMATS: Readonly<Record<string, string>> = { jpeg: 'image/jpeg', png: 'image/png' };

/** Images of FLUX. */
export const fireworksImages: Endpoint<'image'> = async function* (request, exchange) {
  const make = IN_BACKGROUND.test(request.model) ? makeInBackground : makeAtOnce;
  const made = await make(request, exchange);
  const data = made.map(({ image }) => image);
  yield* answerImages({ data }, request, exchange, made[0].asked);
};

async function makeAtOnce(request: ImageRequest, exchange: EndpointContext) {
  const { output_format = 'png', ...own } = ownParameters(request, exchange, { takes: ['output_format'] });
  const { ratio } = aspectRatioOf(request, exchange, RATIOS);
  const json = { ...own, prompt: request.prompt, ...(ratio !== undefined && { aspect_ratio: ratio }) };
  const accept = typeof output_format === 'string' ? ownValue(FORMATS, output_format) : undefined;
  if (accept === undefined) exchange.warn('output_format is left out: it can be png or jpeg here');
  return forEachImage(request, exchange, async (seed) => {
    const reply = await exchange.send({
      path: `${pathOf(request.model)}/text_to_image`,
      accept: accept ?? 'image/png',
      json: { ...json, ...seed },
      hides: { prompt: request.prompt },
    });
    return { image: { b64_json: await readImageBytes(reply) }, asked: reply.asked };
  });
}

async function makeInBackground(request: ImageRequest, exchange: EndpointContext) {
  const own = ownParameters(request, exchange, { edits: 1, takes: ['output_format'] });
  const { ratio } = aspectRatioOf(request, exchange, RATIOS);
  const [input] = await inlineURLs(request.image, exchange.provider);
  const json = {
    ...own,
    prompt: request.prompt,
    ...(ratio !== undefined && { aspect_ratio: ratio }),
    ...(input !== undefined && { input_image: input }),
  };
  const hides = { prompt: request.prompt };
  const path = pathOf(request.model);
  return forEachImage(request, exchange, async (seed, signal) => {
    const { response, asked } = await exchange.send({ path, json: { ...json, ...seed }, hides });
    const id = await readJsonAnswer(response, asked, 'an image that has begun', (answer) =>
      asText(asObject(answer)?.request_id),
    );
    const ask = async () =>
      readFluxState(await exchange.send({ path: `${path}/get_result`, json: { id }, hides }));
    return { image: await pollUntilMade(exchange, signal, asked, ask, readState), asked };
  });
}

/** A task that has only begun is not known everywhere at once. */
const readState = (state: FluxState, asked: number): GeneratedImage | undefined =>
  asked === 0 && /^task not found$/i.test(state.status) ? undefined : fluxImageOf(state);

/** An id is `accounts/fireworks/models/…`. */
const pathOf = (model: string): string => `/workflows/${encodeSegments(model, 'the model', 4)}`;
