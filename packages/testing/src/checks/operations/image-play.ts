// Asks a provider for images, and answers it as a service of its protocol would.
import type { ImageRequest, ImageStreamEvent, ImagesResponse, Provider, Upload } from '@g4f/core';
import { drawn, PNG } from '../../mock-wires/mock-images.ts';
import type { Lent, LentContext } from '../lent-context.ts';
import { lendTo } from '../play.ts';

/** What is drawn; no error repeats it. */
export const PROMPT = 'a secret garden in <Zürich> ☀️';

/** A request for an image of it. */
export const imageRequest = (more: Partial<ImageRequest> = {}): ImageRequest => ({
  model: 'kit-image-1',
  task: 'generate',
  prompt: PROMPT,
  ...more,
});

/** An image to be changed. */
export const kitUpload = (): Upload => ({
  name: 'kit.png',
  type: 'image/png',
  async *open() {
    yield Buffer.from(PNG, 'base64');
  },
});

/** What came of it. */
export interface Drawn {
  readonly parts: readonly (ImagesResponse | ImageStreamEvent)[];
  readonly error: unknown;
  readonly context: LentContext;
}

/** Asks, and reads to the end. @throws Error if it cannot draw */
export const draw = async (
  provider: Provider,
  answer: Lent = drawn(),
  request: ImageRequest = imageRequest(),
  context: LentContext = lendTo(provider, answer),
): Promise<Drawn> => {
  if (provider.image === undefined) throw new Error('it has no image');
  const parts: (ImagesResponse | ImageStreamEvent)[] = [];
  try {
    for await (const part of provider.image(Object.freeze(request), context)) parts.push(part);
    return { parts, error: undefined, context };
  } catch (error) {
    return { parts, error, context };
  }
};
