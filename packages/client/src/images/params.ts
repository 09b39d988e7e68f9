// The parameters of the methods of `images`: checked, and made into a request.
import { G4FError, type ImageRequest, type ImageTask, type Upload } from '@g4f/core';
import type { OpeningCall } from '../attempt/call-life.ts';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import { imageUpload } from './image-upload.ts';
import { promptParams, variationParams } from './params-schema.ts';

const VARIATION = ['model', 'image', 'n', 'size', 'response_format', 'user'];
const PROMPT = [
  ...['model', 'prompt', 'n', 'size', 'response_format', 'user', 'quality', 'background', 'output_format'],
  ...['output_compression', 'stream', 'partial_images'],
];
const KNOWN: Readonly<Record<ImageTask, readonly string[]>> = {
  generate: [...PROMPT, 'style', 'moderation'],
  edit: [...PROMPT, 'image', 'mask', 'input_fidelity'],
  variation: VARIATION,
};
/** Parameters of single services. */
const OF_SERVICES = new Set(['seed', 'steps', 'width', 'height', 'negative_prompt', 'images', 'image_url']);

const MISSPELT = {
  generate: misspeltAmong(new Set(KNOWN.generate), OF_SERVICES),
  edit: misspeltAmong(new Set(KNOWN.edit), OF_SERVICES),
  variation: misspeltAmong(new Set(KNOWN.variation), OF_SERVICES),
};

/** The parameters that are files. */
const FILES: Readonly<Record<ImageTask, readonly string[]>> = {
  generate: [],
  edit: ['image', 'mask'],
  variation: ['image'],
};

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const imageRequest =
  (task: ImageTask) =>
  async (params: Fields, call: OpeningCall): Promise<PlainRequest<'image'>> => {
    const given = givenFields(params, FILES[task]);
    checkBySchema<CheckedImage>(given, task === 'variation' ? variationParams : promptParams);
    const { image, mask, ...own } = given;
    if (task === 'generate' && image !== undefined)
      throw new G4FError('image: generate() takes no image. Call images.edit().', {
        code: 'invalid-request',
      });
    const files = task === 'generate' ? {} : await filesOf(task, image, mask, call);
    return { request: { ...own, ...files, task }, warnings: MISSPELT[task](given) };
  };

/** Its files are looked at below. */
interface CheckedImage extends Omit<ImageRequest, 'task' | 'image' | 'mask'> {
  readonly model: string;
}

async function filesOf(
  task: ImageTask,
  image: unknown,
  mask: unknown,
  call: OpeningCall,
): Promise<{ readonly image: readonly Upload[]; readonly mask?: Upload }> {
  const list = Array.isArray(image) && task === 'edit' ? image : [image];
  if (image === undefined || list.length === 0)
    throw new G4FError('image: an image was expected, but it is missing.', { code: 'invalid-request' });
  const isList = list === image;
  const images = await Promise.all(
    list.map((one, at) => imageUpload(one, isList ? `image[${at}]` : 'image', call)),
  );
  return { image: images, ...(mask !== undefined && { mask: await imageUpload(mask, 'mask', call) }) };
}
