// Chat over a wire: a request is encoded, sent, and its answer decoded batch by batch.
import type { ChatRequest, Context, Provider } from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { Answer } from '../http/reading/answer.ts';
import { LaterBatches } from '../http/reading/later-batches.ts';
import type { Warn } from '../wires/fit/warn.ts';
import type { ChatEndpoint, Quirks } from '../wires/wire.ts';
import { prepare, type Spoken, toPost } from './prepare-request.ts';

/** `chat` of a service. */
export const chatOverWire =
  (spoken: Spoken, endpoint: ChatEndpoint): NonNullable<Provider['chat']> =>
  (request: ChatRequest, context: Context) =>
    new LaterBatches(async () => {
      const { facts, quirks } = spoken;
      const { streamType, path, encode, createDecoder } = endpoint;
      const prepared = prepare(spoken, context, path(request), request);
      const accepted = withoutRefused(request, quirks, context.warn, facts.id);
      const fitted = quirks.fitParameters?.(accepted, context.warn) ?? accepted;
      const body = encode(fitted, quirks, context.warn, context.extraBody);
      const accept = request.stream ? streamType : 'application/json';
      const response = await context.send(
        toPost(prepared, accept, quirks.adaptBody?.(body, accepted) ?? body, context),
      );
      const { asked } = prepared;
      if (response.status >= 300) throw await refusal(response, asked);
      return new Answer(response, createDecoder(fitted, asked, response.headers, context.warn), asked);
    });

/** The request without what the service is known to refuse. */
function withoutRefused(request: ChatRequest, { refuses = [] }: Quirks, warn: Warn, id: string): ChatRequest {
  const refused = refuses.filter((name) => request[name] != null);
  if (refused.length === 0) return request;
  warn(`${id} does not take ${refused.join(', ')}: not sent.`);
  return {
    ...request,
    ...Object.fromEntries(refused.map((name) => [name, undefined])),
  };
}
