// OpenAI's images: `POST {base}/images/generations` with JSON, `/images/edits` and `/images/variations` with a form.
// Sources: https://platform.openai.com/docs/api-reference/images and /images-streaming
import { type ImageRequest, type ImageStreamEvent, LIMITS, truncated } from '@g4f/core';
import { imageTypeOfBase64 } from '@g4f/core/internal';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { readJsonEvents } from '../../http/reading/json-events.ts';
import type { FormField } from '../../http/transport/multipart.ts';
import { asIndex, asNumber, asObject, asText } from '../decoding/json.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { readFacts, readImages } from '../images/read-images.ts';

/** Images as OpenAI has them. */
export const openaiImages: Endpoint<'image'> = async function* (request, exchange) {
  const reply = await exchange.send({ ...toSend(request), hides: { prompt: request.prompt } });
  if (request.stream && !isJson(reply)) {
    yield* readStream(reply, request.n);
    return;
  }
  const { response, asked } = reply;
  const made = await readJsonAnswer(response, asked, 'an image', readImages, LIMITS.imageBytes);
  yield* answerImages(made, request, exchange, asked);
};

/** GPT image models give bytes alone, and refuse to be told so. Source: https://platform.openai.com/docs/api-reference/images/create */
const GIVES_BYTES = /^(?:chatgpt|gpt)-image/;

function toSend({ task, image = [], mask, response_format, ...request }: ImageRequest): EndpointRequest {
  const isKnown = GIVES_BYTES.test(request.model);
  const own = { ...request, ...(response_format !== undefined && !isKnown && { response_format }) };
  if (task === 'generate') return { path: '/images/generations', json: own };
  const name = image.length > 1 ? 'image[]' : 'image';
  const form: FormField[] = [
    ...Object.entries(own).map(([field, value]) => ({ name: field, value: toText(value) })),
    ...image.map((value) => ({ name, value })),
    ...(mask === undefined ? [] : [{ name: 'mask', value: mask }]),
  ];
  return { path: task === 'edit' ? '/images/edits' : '/images/variations', form };
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A service that streams no images answers as if nobody had asked for it. */
const isJson = ({ response }: EndpointReply): boolean =>
  /^application\/json\b/i.test(response.headers['content-type'] ?? '');

/** @param n how many images are to be completed: a stream that ends before has lost some. */
async function* readStream(reply: EndpointReply, n = 1): AsyncGenerator<ImageStreamEvent> {
  const { response, asked } = reply;
  let completed = 0;
  for await (const json of readJsonEvents(reply, 'a stream of images', LIMITS.imageBytes)) {
    const event = readEvent(json);
    if (event === undefined) continue;
    if (event.type.endsWith('.completed')) completed += 1;
    yield event;
  }
  const { status, headers } = response;
  if (completed < n)
    throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
}

/** Undefined for an event that is not known, or holds no image. */
function readEvent(json: unknown): ImageStreamEvent | undefined {
  const event = asObject(json) ?? {};
  const b64_json = asText(event.b64_json);
  if (b64_json === undefined || imageTypeOfBase64(b64_json) === undefined) return undefined;
  const facts = { b64_json, created_at: asNumber(event.created_at) ?? 0, ...readFacts(event) };
  switch (event.type) {
    case 'image_generation.completed':
    case 'image_edit.completed':
      return { type: event.type, ...facts };
    case 'image_generation.partial_image':
    case 'image_edit.partial_image':
      return {
        type: event.type,
        ...facts,
        partial_image_index: asIndex(event.partial_image_index) ?? 0,
      };
    default:
      return undefined;
  }
}
