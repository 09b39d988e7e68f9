// The operation `image`, for the engine: the same whether images are made of a prompt, changed, or varied.
import { G4FError, type ImageOutput, type ImagesResponse, type ImageTask, type Usage } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, plainOperation } from '../engine/plain-operation.ts';
import { imageCheck } from './check-images.ts';
import { imageRequest } from './params.ts';

const imageOperation = (task: ImageTask, takes: string): OperationKind<ImageOutput, ImagesResponse> =>
  plainOperation({
    operation: 'image',
    takes,
    toRequest: imageRequest(task),
    streams: ({ stream = false }) => stream,
    check: imageCheck,
    async collect(parts) {
      const part = await onlyPart(parts);
      if ('data' in part) return part;
      throw new G4FError('an event came where all images were expected.', { code: 'bad-response' });
    },
    usageIn,
  });

/** `images.generate`. */
export const generateOperation = imageOperation(
  'generate',
  'generate() takes an object with model and prompt.',
);
/** `images.edit`. */
export const editOperation = imageOperation('edit', 'edit() takes an object with model, image and prompt.');
/** `images.createVariation`. */
export const variationOperation = imageOperation(
  'variation',
  'createVariation() takes an object with model and image.',
);

function usageIn({ usage }: ImageOutput): Usage | undefined {
  if (usage === undefined) return undefined;
  const { input_tokens, output_tokens, total_tokens } = usage;
  return { prompt_tokens: input_tokens, completion_tokens: output_tokens, total_tokens };
}
