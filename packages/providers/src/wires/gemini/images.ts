// Google's images: `POST {base}/models/{id}:generateContent` of Gemini's image models, and `:predict` of Imagen's.
// Sources: https://ai.google.dev/gemini-api/docs/image-generation and https://ai.google.dev/gemini-api/docs/imagen
import { G4FError, type ImageRequest, LIMITS } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asNumber, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';
import type { Endpoint, EndpointContext } from '../endpoint.ts';
import { filtered } from '../images/filtered.ts';
import { answerImages, type MadeImages } from '../images/image-answer.ts';
import { aspectRatioOf, forEachImage, ownParameters } from '../images/image-body.ts';
import { inlineImages } from '../images/inline-images.ts';
import { modelPath } from './model-path.ts';

const RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];
const IMAGEN_RATIOS = ['1:1', '3:4', '4:3', '9:16', '16:9'];
/** How many images a Gemini image model takes at once. */
const MOST = 14;

/** Images of both kinds of model: those whose name tells of Imagen are asked to predict. */
export const geminiImages: Endpoint<'image'> = async function* (request, exchange) {
  const isImagen = /(?:^|\/)imagen/.test(request.model);
  yield* isImagen ? predict(request, exchange) : generate(request, exchange);
};

async function* generate(request: ImageRequest, exchange: EndpointContext) {
  const { imageConfig, ...own } = ownParameters(request, exchange, { edits: MOST });
  const { ratio } = aspectRatioOf(request, exchange, RATIOS);
  const config = { ...asObject(imageConfig), ...(ratio !== undefined && { aspectRatio: ratio }) };
  const given = await inlineImages(request.image, exchange.provider);
  const images = given.map(({ type, base64 }) => ({ inlineData: { mimeType: type, data: base64 } }));
  const json = { contents: [{ role: 'user', parts: [{ text: request.prompt }, ...images] }] };
  const made = await forEachImage(request, exchange, async (seed) => {
    const { response, asked } = await exchange.send({
      path: `${modelPath(request.model)}:generateContent`,
      json: {
        ...json,
        generationConfig: {
          ...own,
          ...seed,
          responseModalities: ['IMAGE'],
          ...(Object.keys(config).length > 0 && { imageConfig: config }),
        },
      },
      hides: { prompt: request.prompt },
    });
    const answer = await readJsonAnswer(response, asked, 'an image', readContent, LIMITS.imageBytes);
    if (answer.data.length === 0 && answer.ending !== undefined) throw notMade(answer.ending, asked);
    return { answer, asked };
  });
  yield* answerImages(merged(made.map(({ answer }) => answer)), request, exchange, made[0].asked);
}

interface Content extends Pick<MadeImages, 'data' | 'usage'> {
  /** Why there is no image. */
  readonly ending: string | undefined;
}

/** Source of the reasons: https://ai.google.dev/api/generate-content#FinishReason and #BlockReason */
function readContent(json: unknown): Content | undefined {
  const answer = asObject(json);
  const blocked = asText(asObject(answer?.promptFeedback)?.blockReason);
  const candidates = objectsIn(answer?.candidates);
  if (candidates.length === 0 && blocked === undefined) return undefined;
  const data = candidates.flatMap(imagesIn);
  const ending = candidates.map(({ finishReason }) => asText(finishReason)).find((one) => one !== 'STOP');
  const usage = usageIn(asObject(answer?.usageMetadata));
  return { data, ending: blocked ?? ending, ...(usage !== undefined && { usage }) };
}

/** Of the endings without an image only these are about what it shows. */
const ABOUT_CONTENT = /SAFETY|PROHIBITED|BLOCKLIST|RECITATION|SPII/;

const notMade = (ending: string, asked: RequestFacts): G4FError => {
  const said = excerpt(ending, asked, 80);
  if (ABOUT_CONTENT.test(ending)) return filtered(said, asked);
  const { provider, model } = asked;
  return new G4FError(
    `${provider}: the answer ended without an image (${said}). Try again, change the prompt or choose another provider.`,
    { code: 'bad-response', provider, model },
  );
};

/** Thoughts may hold drafts. */
const imagesIn = ({ content }: Json): MadeImages['data'] =>
  objectsIn(asObject(content)?.parts).flatMap(({ inlineData, thought }) => {
    const bytes = asText(asObject(inlineData)?.data);
    return bytes === undefined || thought === true ? [] : [{ b64_json: bytes }];
  });

function usageIn(counts: Json | undefined): MadeImages['usage'] {
  const input_tokens = asNumber(counts?.promptTokenCount);
  if (input_tokens === undefined) return undefined;
  const output_tokens =
    (asNumber(counts?.candidatesTokenCount) ?? 0) + (asNumber(counts?.thoughtsTokenCount) ?? 0);
  return { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens };
}

function merged(answers: readonly Content[]): MadeImages {
  const usages = answers.flatMap(({ usage }) => usage ?? []);
  const sum = (name: 'input_tokens' | 'output_tokens' | 'total_tokens') =>
    usages.reduce((all, usage) => all + usage[name], 0);
  const usage = {
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    total_tokens: sum('total_tokens'),
  };
  return { data: answers.flatMap(({ data }) => data), ...(usages.length > 0 && { usage }) };
}

async function* predict(request: ImageRequest, exchange: EndpointContext) {
  const own = ownParameters(request, exchange, {});
  const { ratio } = aspectRatioOf(request, exchange, IMAGEN_RATIOS);
  const { response, asked } = await exchange.send({
    path: `${modelPath(request.model)}:predict`,
    json: {
      instances: [{ prompt: request.prompt }],
      parameters: { ...own, sampleCount: request.n ?? 1, ...(ratio !== undefined && { aspectRatio: ratio }) },
    },
    hides: { prompt: request.prompt },
  });
  const predictions = await readJsonAnswer(response, asked, 'an image', readPredictions, LIMITS.imageBytes);
  yield* answerImages({ data: dataOf(predictions, asked) }, request, exchange, asked);
}

/** An answer without predictions is `{}`: all images were withheld. */
const readPredictions = (json: unknown): readonly Json[] | undefined => {
  const answer = asObject(json);
  const isNone = answer !== undefined && Object.keys(answer).length === 0;
  return isNone || Array.isArray(answer?.predictions) ? objectsIn(answer?.predictions) : undefined;
};

function dataOf(predictions: readonly Json[], asked: RequestFacts): MadeImages['data'] {
  const data = predictions.flatMap(({ bytesBase64Encoded }) => {
    const bytes = asText(bytesBase64Encoded);
    return bytes === undefined ? [] : [{ b64_json: bytes }];
  });
  const why = predictions.map(({ raiFilteredReason }) => asText(raiFilteredReason)).find(Boolean);
  if (data.length === 0)
    throw filtered(why === undefined ? 'no image came' : excerpt(why, asked, 120), asked);
  return data;
}
