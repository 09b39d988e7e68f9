// Images as services answer with them, in the form of each protocol: it is told by the path of the request.
import type { HttpRequest } from '@g4f/core';

/** A PNG of one pixel, in base64. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What a service answers. */
interface ImageReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A protocol's answer with these images, which are in base64. */
type ImageForm = (images: readonly string[], request: HttpRequest) => ImageReply;

const JSON_TYPE = { 'content-type': 'application/json' };

const json = (value: unknown): ImageReply => ({ headers: JSON_TYPE, body: JSON.stringify(value) });

const bytesOf = (base64 = ''): Uint8Array => Buffer.from(base64, 'base64');

/** An address at the service that was asked, where {@link FORMS} has the image. */
const addressIn = ({ url }: HttpRequest, at = 0): string => new URL(`/kit-${at}.png`, url).href;

/** One for each, as Zhipu and MiniMax without a wish have it. */
const addressesIn = (images: readonly string[], request: HttpRequest): readonly string[] =>
  images.map((_, at) => addressIn(request, at));

/** What the JSON of a request says of a field; undefined for another body. */
const fieldOf = ({ body }: HttpRequest, name: string): unknown => {
  if (body === undefined) return undefined;
  const fields: Readonly<Record<string, unknown>> = JSON.parse(body);
  return fields[name];
};

const openai: ImageForm = (images, request) => {
  const asAddress = fieldOf(request, 'response_format') === 'url';
  const data = images.map((b64_json, at) => (asAddress ? { url: addressIn(request, at) } : { b64_json }));
  return json({ created: 1_700_000_000, data });
};

const minimax: ImageForm = (images, request) =>
  json({
    id: 'kit',
    data:
      fieldOf(request, 'response_format') === 'base64'
        ? { image_base64: images }
        : { image_urls: addressesIn(images, request) },
    metadata: { success_count: images.length, failed_count: 0 },
    base_resp: { status_code: 0, status_msg: 'success' },
  });

const gemini: ImageForm = (images) =>
  json({
    candidates: images.map((data) => ({
      content: { role: 'model', parts: [{ inlineData: { mimeType: 'image/png', data } }] },
      finishReason: 'STOP',
    })),
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1290, totalTokenCount: 1295 },
  });

const replicate: ImageForm = (images, request) =>
  json({ id: 'kit', status: 'succeeded', output: addressesIn(images, request), urls: {} });

const stability: ImageForm = ([image = '']) => json({ image, finish_reason: 'SUCCESS', seed: 1 });

const begun: ImageForm = (_images, request) =>
  json({ id: 'kit', polling_url: new URL('/v1/get_result?id=kit', request.url).href });

const ready: ImageForm = (_images, request) =>
  json({ id: 'kit', status: 'Ready', result: { sample: addressIn(request) } });

const itself: ImageForm = ([image]) => ({ headers: { 'content-type': 'image/png' }, body: bytesOf(image) });

/** The path of a request for images → the protocol's answer. The first that fits counts. */
const FORMS: readonly (readonly [RegExp, ImageForm])[] = [
  [/\.png$/, itself],
  [/\/get_result$/, ready],
  [/\/images\/(?:generations|edits|variations)$/, openai],
  [/\/image_generation$/, minimax],
  [/:generateContent$/, gemini],
  [/\/predictions$/, replicate],
  [/\/stable-image\//, stability],
  [/\/text_to_image$|\/hf-inference\/models\/|\/image\//, itself],
  [/\/kit-image-1$/, begun],
];

/** The good answer to a request, or one with other images. @throws Error where no service answers with images at its path */
export const drawn =
  (images: readonly string[] = [PNG]) =>
  (request: HttpRequest): ImageReply => {
    const { pathname } = new URL(request.url);
    const form = FORMS.find(([tail]) => tail.test(pathname))?.[1];
    if (form === undefined) throw new Error(`the kit knows no images at ${pathname}`);
    return form(images, request);
  };
