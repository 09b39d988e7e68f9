// Checks the images of an answer: a program that shows or stores them cannot see later that one was none.
import { imageTypeOfBase64 } from '@g4f/core/internal';
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

const EVENT = /^image_(?:generation|edit)\.(?:partial_image|completed)$/;

/**
 * Throws `bad-response` unless it is the only answer, with at least one image, each with an address or with the bytes of a
 *   PNG, JPEG, WebP, GIF or AVIF; for a stream, an event with such bytes. Throws `stream-truncated` for a stream whose last image is not done.
 */
export const imageCheck = byParts<'image'>(
  checkImages,
  (part, { stream }) =>
    stream !== true || (isFields(part) && typeof part.type === 'string' && part.type.endsWith('.completed')),
);

function checkImages(part: unknown, place: PartPlace<'image'>): void {
  const fields = isFields(part) ? part : {};
  if (place.request.stream === true) {
    if (typeof fields.type !== 'string' || !EVENT.test(fields.type))
      throw notThat('an event came that is none of images', place);
    if (!isImage(fields.b64_json)) throw notThat('an event came without an image', place);
    return;
  }
  if (place.before > 0) throw notThat('a second answer came to one request', place);
  if (!Array.isArray(fields.data) || fields.data.length === 0)
    throw notThat('the answer has no images', place);
  for (const [at, image] of fields.data.entries()) {
    const { b64_json, url } = isFields(image) ? image : {};
    if (b64_json === undefined ? !isAddress(url) : !isImage(b64_json))
      throw notThat(`what came as the image at ${at} is none`, place);
  }
}

const isImage = (base64: unknown): boolean =>
  typeof base64 === 'string' && imageTypeOfBase64(base64) !== undefined;

const isAddress = (url: unknown): boolean =>
  typeof url === 'string' && /^(?:https?:\/\/|data:image\/)./i.test(url);
