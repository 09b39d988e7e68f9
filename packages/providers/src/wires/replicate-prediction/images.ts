// Images of Replicate: `POST {base}/models/{owner}/{name}/predictions` begins one, which is asked after at the address that comes back.
// Source: https://replicate.com/docs/reference/http#predictions.create and https://replicate.com/docs/topics/predictions/output-files
import { G4FError, type GeneratedImage } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { ownURL } from '../../http/transport/named-url.ts';
import { asObject, asText, itemsOf, type Json } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { filtered } from '../images/filtered.ts';
import { answerImages } from '../images/image-answer.ts';
import { aspectRatioOf, forEachImage, ownParameters } from '../images/image-body.ts';
import { pollUntilMade } from '../images/poll.ts';
import { namesVersion, predictionPath } from './prediction-path.ts';

/** Those that most models have. */
const RATIOS = ['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '21:9', '9:21'];

/** Images of any model there. What it calls the images that it takes is its own: they are given by that name, as addresses. */
export const replicateImages: Endpoint<'image'> = async function* (request, exchange) {
  const { model, prompt } = request;
  const own = ownParameters(request, exchange, {
    takes: ['output_format', 'quality', 'style', 'background'],
  });
  const { ratio } = aspectRatioOf(request, exchange, RATIOS);
  const input = { ...own, prompt, ...(ratio !== undefined && { aspect_ratio: ratio }) };
  const version = namesVersion(model) ? { version: model } : {};
  const path = predictionPath(model);
  const hides = { prompt };
  const made = await forEachImage(request, exchange, async (seed, signal) => {
    const json = { ...version, input: { ...input, ...seed } };
    const { response, asked } = await exchange.send({ path, json, hides });
    const begun = await readJsonAnswer(response, asked, 'a prediction', readPrediction);
    const done = outputOf(begun, asked);
    if (done !== undefined) return { data: done, asked };
    const url = ownURL(asText(asObject(begun.urls)?.get) ?? '', asked, 'replicate.com');
    const ask = async () => {
      const reply = await exchange.send({ path, url, hides });
      return readJsonAnswer(reply.response, asked, 'a prediction', readPrediction);
    };
    const read = (prediction: Json) => outputOf(prediction, asked);
    return { data: await pollUntilMade(exchange, signal, asked, ask, read), asked };
  });
  yield* answerImages({ data: made.flatMap(({ data }) => data) }, request, exchange, made[0].asked);
};

/** What models there make besides images has names of its own; some files have none. */
const OTHER_FILE = /\.(?!(?:png|jpe?g|webp|gif|avif|svg)$)[a-z][a-z0-9]{1,4}$/i;

function imageAt(item: unknown): readonly GeneratedImage[] {
  const named = asText(item) ?? '';
  const [, base64] = /^data:image\/[a-z]{1,20};base64,(.*)$/s.exec(named) ?? [];
  if (base64 !== undefined) return [{ b64_json: base64 }];
  const { protocol, pathname } = urlOf(named) ?? new URL('about:blank');
  return /^https?:$/.test(protocol) && !OTHER_FILE.test(pathname) ? [{ url: named }] : [];
}

const readPrediction = (json: unknown): Json | undefined => {
  const prediction = asObject(json);
  return asText(prediction?.status) === undefined ? undefined : prediction;
};

/**
 * The addresses of the images; undefined while they are made.
 * @throws G4FError where the prediction failed, or made no files
 */
function outputOf({ status, output, error }: Json, asked: RequestFacts) {
  if (status === 'starting' || status === 'processing') return undefined;
  const { provider, model } = asked;
  if (status === 'succeeded') {
    const data = itemsOf(output).flatMap(imageAt);
    if (data.length > 0 && data.length === itemsOf(output).length) return data;
    throw new G4FError(`${provider}: the prediction made no image. Check that this model draws.`, {
      code: 'bad-response',
      // It would make the same again, for the same price.
      scope: 'provider',
      provider,
      model,
    });
  }
  const said = excerpt(asText(error) ?? asText(status) ?? 'it gave no reason', asked);
  if (/nsfw|sensitive|safety|moderat|flagged/i.test(said)) throw filtered(said, asked);
  throw new G4FError(
    `${provider}: the prediction ended without an image: ${said}. Try again or choose another provider.`,
    {
      code: 'server',
      provider,
      model,
    },
  );
}
