// Replicate: models of many makers, each called by `owner/name` or `owner/name:version`. Source: https://replicate.com/docs/reference/http
// A prediction that nobody reads any more goes on until it is done: to end it takes a further request, after the reader has left.

import type { Context, Send } from '@g4f/core';
import { readWholeBody } from '../http/reading/whole-body.ts';
import { parseJson } from '../http/text/json-text.ts';
import { ownURL } from '../http/transport/named-url.ts';
import { overWire } from '../provider/over-wire.ts';
import { asObject, asText } from '../wires/decoding/json.ts';
import { lazyEndpoint } from '../wires/endpoint.ts';
import { replicatePrediction } from '../wires/replicate-prediction/index.ts';

const service = overWire(replicatePrediction, {
  id: 'replicate',
  name: 'Replicate',
  website: 'https://replicate.com/docs/reference/http',
  baseURL: 'https://api.replicate.com/v1',
  env: ['REPLICATE_API_TOKEN'],
  // https://replicate.com/collections/text-to-image
  image: {
    models: {
      'flux-schnell': 'black-forest-labs/flux-schnell',
      'flux-dev': 'black-forest-labs/flux-dev',
      'flux-kontext-pro': 'black-forest-labs/flux-kontext-pro',
    },
    endpoint: lazyEndpoint(
      async () => (await import('../wires/replicate-prediction/images.ts')).replicateImages,
    ),
  },
});

export default {
  ...service,
  chat: (request, context) => service.chat(request, { ...context, send: toItsStream(context) }),
} satisfies typeof service;

/** Sends what begins a prediction, and hands back the stream of what it says; the prediction itself if it is done, or has none. */
function toItsStream({ send }: Context): Send {
  return async (request) => {
    const response = await send(request);
    if (response.status >= 300) return response;
    const bytes = response.body[Symbol.asyncIterator]();
    const asked = { provider: service.id, url: request.url };
    const body = await readWholeBody(bytes, asked).finally(() => bytes.return?.());
    const prediction = asObject(parseJson(body));
    const stream = asText(asObject(prediction?.urls)?.stream);
    const runs = prediction?.status === 'starting' || prediction?.status === 'processing';
    if (runs && stream !== undefined) {
      // Its address is a secret of its own: the key stays where the caller sent it.
      const url = ownURL(stream, asked, 'replicate.com');
      return send({ method: 'GET', url, headers: { accept: 'text/event-stream' } });
    }
    return { ...response, body: once(body), release: () => undefined };
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
