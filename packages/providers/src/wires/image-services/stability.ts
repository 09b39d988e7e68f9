// Stability AI: `POST {base}/stable-image/generate/{core|ultra|sd3}` and `/stable-image/edit/inpaint`, each a form.
// Source: https://platform.stability.ai/docs/api-reference (v2beta)
import { G4FError, type ImageRequest, LIMITS } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import type { FormField } from '../../http/transport/multipart.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { Endpoint, EndpointContext } from '../endpoint.ts';
import { filtered } from '../images/filtered.ts';
import { answerImages } from '../images/image-answer.ts';
import { aspectRatioOf, forEachImage, ownParameters } from '../images/image-body.ts';

/** How far the image is left, from 0 (as it is) to 1 (not kept), where the caller does not say: half way. */
const STRENGTH = '0.5';
const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];

/** Images of Stable Image and Stable Diffusion 3.5. */
export const stabilityImages: Endpoint<'image'> = async function* (request, exchange) {
  const own = ownParameters(request, exchange, { edits: 1, masks: true, takes: ['output_format'] });
  const { path, fields } = where(request, exchange);
  const isOfImage = request.image !== undefined;
  const { ratio } = isOfImage ? noRatio(request, exchange) : aspectRatioOf(request, exchange, RATIOS);
  const texts = {
    ...own,
    prompt: request.prompt,
    ...(ratio !== undefined && { aspect_ratio: ratio }),
    ...fields,
  };
  const made = await forEachImage(request, exchange, async (seed) => {
    const { response, asked } = await exchange.send({
      path,
      form: [...toFields({ ...texts, ...seed }), ...filesOf(request)],
      hides: { prompt: request.prompt },
    });
    const { image, ending } = await readJsonAnswer(response, asked, 'an image', readMade, LIMITS.imageBytes);
    if (ending === 'CONTENT_FILTERED') throw filtered(excerpt(ending), asked);
    return { image, asked };
  });
  const data = made.map(({ image }) => ({ b64_json: image }));
  yield* answerImages({ data }, request, exchange, made[0].asked);
};

/** `core` and `ultra` have an address of their own, and so has filling in what a mask leaves open; all others are versions of sd3. */
function where(
  { model, mask, image, strength }: ImageRequest,
  { provider, warn }: EndpointContext,
): { readonly path: string; readonly fields: Readonly<Record<string, string>> } {
  if (mask !== undefined) {
    warn(`model ${JSON.stringify(model)} is left out: with a mask, ${provider} chooses the model`);
    return { path: '/stable-image/edit/inpaint', fields: {} };
  }
  if (model === 'core' && image !== undefined)
    throw new G4FError(`${provider}: the model core takes no image. Choose ultra, or a version of sd3.`, {
      code: 'invalid-request',
      scope: 'provider',
      provider,
    });
  const isNeeded = image !== undefined && strength === undefined;
  if (isNeeded) warn(`strength is needed to change an image: ${STRENGTH} is sent`);
  const fields = isNeeded ? { strength: STRENGTH } : {};
  if (model === 'core' || model === 'ultra') return { path: `/stable-image/generate/${model}`, fields };
  const mode = image === undefined ? 'text-to-image' : 'image-to-image';
  return { path: '/stable-image/generate/sd3', fields: { model, mode, ...fields } };
}

/** What comes of an image has its shape. */
function noRatio(
  { size }: ImageRequest,
  { provider, warn }: EndpointContext,
): ReturnType<typeof aspectRatioOf> {
  if (size !== undefined && size !== 'auto')
    warn(`size is left out: what ${provider} makes of an image has its size`);
  return {};
}

const toFields = (values: object): readonly FormField[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }],
  );

const filesOf = ({ image = [], mask }: ImageRequest): readonly FormField[] => [
  ...image.map((value) => ({ name: 'image', value })),
  ...(mask === undefined ? [] : [{ name: 'mask', value: mask }]),
];

function readMade(
  json: unknown,
): { readonly image: string; readonly ending: string | undefined } | undefined {
  const { image, finish_reason } = asObject(json) ?? {};
  const bytes = asText(image);
  const ending = asText(finish_reason);
  return bytes === undefined && ending === undefined ? undefined : { image: bytes ?? '', ending };
}
