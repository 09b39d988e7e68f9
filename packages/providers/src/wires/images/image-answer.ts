// Images that a service made, in the form that was asked for: one answer, or an event for each.
import {
  G4FError,
  type GeneratedImage,
  type ImageRequest,
  type ImageStreamEvent,
  type ImagesResponse,
  LIMITS,
} from '@g4f/core';
import { imageTypeOfBase64 } from '@g4f/core/internal';
import type { RequestFacts } from '../../http/failures/failure.ts';
import type { EndpointContext } from '../endpoint.ts';
import { MOST_IMAGES } from './image-body.ts';
import { downloadImage } from './image-bytes.ts';

/** What a service answered: its images as they came, and what it says of them. */
export interface MadeImages extends Omit<ImagesResponse, 'created'> {
  readonly created?: number;
}

/**
 * The answer. Where only addresses came and bytes are wanted, the images are downloaded. What differs from what was asked for is
 * a warning: other than `url` where that was asked for, fewer images than `n`.
 *
 * @param asked whose answer it was.
 * @throws G4FError `bad-response` for what is no image, or no image at all
 */
export async function* answerImages(
  made: MadeImages,
  request: ImageRequest,
  exchange: EndpointContext,
  asked: RequestFacts,
): AsyncGenerator<ImagesResponse | ImageStreamEvent> {
  const { response_format, stream = false } = request;
  const created = made.created ?? Math.floor(Date.now() / 1000);
  const images = wanted(made.data, request, exchange);
  if (images.length === 0) throw noImage(asked, 'no image came');
  for (const { b64_json } of images)
    if (b64_json !== undefined && imageTypeOfBase64(b64_json) === undefined)
      throw noImage(asked, 'what came is no whole PNG, JPEG, WebP, GIF or AVIF');
  if (response_format === 'url' && !stream && images.some(({ url }) => url === undefined))
    exchange.warn('response_format "url" cannot be had here: the images are in b64_json');
  if (!stream) {
    const data = response_format === 'b64_json' ? await withBytes(images, exchange, asked) : images;
    yield { ...made, created, data };
    return;
  }
  const { data: _, ...facts } = made;
  const type = request.task === 'generate' ? 'image_generation.completed' : 'image_edit.completed';
  for (const image of images) {
    const b64_json = await bytesOf(image, exchange, asked, LIMITS.imageBytes);
    yield { ...facts, type, created_at: created, b64_json };
  }
}

/** As many as were asked for; a service that has a number of its own as a parameter may give as many as OpenAI does. */
function wanted(
  all: readonly GeneratedImage[],
  { n = 1 }: ImageRequest,
  { warn }: EndpointContext,
): readonly GeneratedImage[] {
  const most = Math.max(n, MOST_IMAGES);
  if (all.length < n && all.length > 0) warn(`${n} images were asked for, and ${all.length} came`);
  if (all.length > most) warn(`${n} images were asked for, and ${all.length} came: ${most} are kept`);
  return all.slice(0, most);
}

/** One after the other: each may be large, and all of them together are one answer. */
async function withBytes(
  data: readonly GeneratedImage[],
  exchange: EndpointContext,
  asked: RequestFacts,
): Promise<readonly GeneratedImage[]> {
  const all: GeneratedImage[] = [];
  let left: number = LIMITS.imageBytes;
  for (const image of data) {
    const { url: _, ...others } = image;
    const b64_json = await bytesOf(image, exchange, asked, left);
    left -= b64_json.length;
    all.push({ ...others, b64_json });
  }
  return all;
}

const bytesOf = async (
  { b64_json, url = '' }: GeneratedImage,
  exchange: EndpointContext,
  asked: RequestFacts,
  most: number,
): Promise<string> => b64_json ?? downloadImage(url, exchange, asked, most);

const noImage = ({ provider, model }: RequestFacts, why: string): G4FError =>
  new G4FError(`${provider}: ${why}. Try again or choose another provider.`, {
    code: 'bad-response',
    provider,
    model,
  });
