// Pollinations' images: `GET …/{prompt}`, answered with the image itself; without a key at a host of their own.
// Source: https://github.com/pollinations/pollinations/blob/master/APIDOCS.md
import type { ImageRequest } from '@g4f/core';
import type { Endpoint } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { forEachImage, ownParameters, pixelsOf } from '../images/image-body.ts';
import { readImageBytes } from '../images/image-bytes.ts';

/** Images made of a prompt; `negative_prompt`, `enhance`, `safe` and `nologo` are parameters of its own. */
export const pollinationsImages: Endpoint<'image'> = async function* (request, exchange) {
  const own = { ...ownParameters(request, exchange, { takes: ['quality'] }), ...pixelsOf(request) };
  const made = await forEachImage(request, async (seed) => {
    const reply = await exchange.send({
      path: pathOf(request, { ...own, ...seed }),
      moved: toImages,
      accept: 'image/*',
      hides: { prompt: request.prompt },
    });
    return { b64_json: await readImageBytes(reply), asked: reply.asked };
  });
  const data = made.map(({ b64_json }) => ({ b64_json }));
  yield* answerImages({ data }, request, exchange, made[0].asked);
};

function pathOf({ prompt = '', model }: ImageRequest, own: object): string {
  const query = new URLSearchParams({ model });
  for (const [name, value] of Object.entries(own)) query.set(name, String(value));
  return `/image/${encodeURIComponent(prompt)}?${query}`;
}

/** Its chat without a key is at `text.…/openai`, and with one below `/v1`; images stand beside it. */
const toImages = (address: string): string => {
  const url = new URL(address);
  if (url.hostname === 'text.pollinations.ai') {
    url.hostname = 'image.pollinations.ai';
    url.pathname = url.pathname.replace(/^\/openai\/image\//, '/prompt/');
  } else url.pathname = url.pathname.replace(/^\/v1\/image\//, '/image/');
  return url.href;
};
