// Answers one request for embeddings as a row of the table says.
import type { ServerResponse } from 'node:http';
import type { MockEmbeddings, MockVector } from '../mock-wires/mock-embeddings.ts';
import { EMBED_HEADERS, type EmbedFaultResponse } from './embed-faults.ts';

/** @param vectors the good ones. @param before how often this fault was asked for. */
export const createEmbedResponse = (
  response: ServerResponse,
  form: MockEmbeddings,
  vectors: readonly MockVector[],
  before: number,
): EmbedFaultResponse => ({
  before,
  vectors,
  body: (given) => form.answer(given),
  send(body, { status = 200, headers } = {}) {
    response.writeHead(status, { ...EMBED_HEADERS, ...headers }).end(body);
  },
  breakAfter(body, bytes) {
    response.writeHead(200, { ...EMBED_HEADERS, 'content-length': Buffer.byteLength(body) });
    // Told when it is handed to the network, so that the break cannot overtake it.
    response.write(body.slice(0, bytes), () => response.socket?.end());
  },
});
