// A service in OpenAI's form on this machine, as far as the tools ask for it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running service. */
export interface ModelService {
  readonly baseURL: string;
  /** The bodies that it got. */
  readonly bodies: readonly string[];
  /** Settles when the connection of a call to the model `endless` has been closed by its caller. */
  readonly left: Promise<void>;
  close(): Promise<void>;
}

/** What it answers, in pieces. */
export const PIECES: readonly string[] = ['Twice', ' a', ' day.'];

/** A PNG of one pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Starts it on a free port. The model `broken` is refused; `endless` says a word and no more; `short` is cut. */
export const startModelService = async (): Promise<ModelService> => {
  const bodies: string[] = [];
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = createServer(async (request, response) => {
    const text = await readAll(request);
    bodies.push(text);
    const { model, stream, input } = text.startsWith('{') ? JSON.parse(text) : {};
    if (request.url?.endsWith('/models'))
      return json(response, {
        object: 'list',
        data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'x' }],
      });
    if (model === 'broken')
      return json(response, { error: { message: 'no such model', code: 'model_not_found' } }, 404);
    if (request.url?.endsWith('/embeddings'))
      return json(response, {
        object: 'list',
        model,
        data: [input].flat().map((_, index) => ({ index, embedding: [index, 0.5] })),
      });
    if (request.url?.endsWith('/images/generations'))
      return json(response, { created: 1, data: [{ b64_json: PIXEL }] });
    if (request.url?.endsWith('/transcriptions')) return json(response, { text: 'hello there' });
    if (stream !== true)
      return json(response, {
        ...FRAME,
        model,
        choices: [
          { index: 0, message: { role: 'assistant', content: PIECES.join('') }, finish_reason: 'stop' },
        ],
      });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (model === 'endless') {
      response.write(event(model, { content: PIECES[0] }));
      response.on('close', leave);
      return;
    }
    for (const content of PIECES) response.write(event(model, { content }));
    response.end(`${event(model, {}, model === 'short' ? 'length' : 'stop')}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    bodies,
    left,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const FRAME = { id: 'chatcmpl-1', object: 'chat.completion', created: 1 };

const event = (model: string, delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ ...FRAME, object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}
