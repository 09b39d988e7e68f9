// Pollinations' images: `GET …/{prompt}`, answered with the image itself; without a key at a host of their own.
// Source: https://github.com/pollinations/pollinations/blob/master/APIDOCS.md
import { G4FError } from '@g4f/core';
import type { Endpoint } from '../endpoint.ts';
import { answerImages } from '../images/image-answer.ts';
import { forEachImage, ownParameters, pixelsOf } from '../images/image-body.ts';
import { readImageBytes } from '../images/image-bytes.ts';

/** Images made of a prompt; `negative_prompt`, `enhance`, `safe` and `nologo` are parameters of its own. */
export const pollinationsImages: Endpoint<'image'> = async function* (request, exchange) {
  const own = { ...ownParameters(request, exchange, { takes: ['quality'] }), ...pixelsOf(request) };
  const { model, prompt = '' } = request;
  const encoded = encodePrompt(prompt, exchange.provider);
  const made = await forEachImage(request, exchange, async (seed) => {
    const reply = await exchange.send({
      path: `/image/${encoded}`,
      query: { model, ...own, ...seed },
      moved: toImages,
      accept: 'image/*',
      // It stands in the address, which services repeat as it came.
      hides: [prompt, encoded, encoded.replaceAll('%20', '+')],
    });
    return { b64_json: await readImageBytes(reply), asked: reply.asked };
  });
  const data = made.map(({ b64_json }) => ({ b64_json }));
  yield* answerImages({ data }, request, exchange, made[0].asked);
};

/** One piece of an address, which means another place if it is empty or dots, however those are written. */
function encodePrompt(prompt: string, provider: string): string {
  if (!/^\.{0,2}$/.test(prompt) && !/[\ud800-\udfff]/u.test(prompt)) return encodeURIComponent(prompt);
  throw new G4FError(
    `${provider}: the prompt stands in the address, and cannot be empty, "." or "..", nor hold half a character. Change it, or choose another provider.`,
    { code: 'invalid-request', scope: 'provider', provider },
  );
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
