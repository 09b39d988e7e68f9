// Asks a provider for images, and answers it as a service of its protocol would.
import type { ImageRequest, Provider, Upload } from '@g4f/core';
import { drawn, PNG } from '../../mock-wires/mock-images.ts';
import type { Lent } from '../lent-context.ts';
import { type PlayedParts, playOperation } from './operation-play.ts';

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

/** Asks, and reads to the end. @throws Error if it cannot draw */
export const draw = (
  provider: Provider,
  answer: Lent = drawn(),
  request: ImageRequest = imageRequest(),
): Promise<PlayedParts<'image'>> => playOperation(provider, { operation: 'image', request, answer });
