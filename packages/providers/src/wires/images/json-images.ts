// Images of a service that takes JSON and answers with JSON: only what it calls things is its own.
import { type ImageRequest, LIMITS } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import type { Endpoint, EndpointContext, EndpointRequest } from '../endpoint.ts';
import { answerImages, type MadeImages } from './image-answer.ts';
import { readImages } from './read-images.ts';

/** Writes the request; what it cannot say is a warning, or G4FError `invalid-request`. */
type Write = (
  request: ImageRequest,
  exchange: EndpointContext,
) => Omit<EndpointRequest, 'hides'> | Promise<Omit<EndpointRequest, 'hides'>>;

/** @param read undefined for JSON that is something else; the form of OpenAI's answer unless given. */
export const jsonImages = (
  write: Write,
  read: (json: unknown) => MadeImages | undefined = readImages,
): Endpoint<'image'> =>
  async function* (request, exchange) {
    const written = await write(request, exchange);
    const { response, asked } = await exchange.send({ ...written, hides: { prompt: request.prompt } });
    const made = await readJsonAnswer(response, asked, 'an image', read, LIMITS.imageBytes);
    yield* answerImages(made, request, exchange, asked);
  };
