// An OpenAI-shaped service in this process that does what a test tells it to, and counts its sockets.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request it got. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it does with a request. */
export type Answer = (response: ServerResponse, request: FakeRequest) => unknown;

/** A running service. */
export interface FakeService {
  /** Its address up to, not including, `/chat/completions`. */
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  /** Changes what it does with the requests to come. */
  answer: Answer;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export const startService = async (answer: Answer = sayHello): Promise<FakeService> => {
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (message, response) => {
    const { method = '', url: path = '', headers } = message;
    const request: FakeRequest = { method, path, headers, body: await readBody(message) };
    requests.push(request);
    await service.answer(response, request);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const service: FakeService = {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    sockets,
    answer,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return service;
};

const FRAME = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'model-1' };

/** One event of a stream whose only choice is new by `delta`. */
export const chunk = (delta: object, finish_reason: string | null = null, index = 0): string =>
  payload({ choices: [{ index, delta, finish_reason }] });

/** One event of a stream. */
export const payload = (fields: object): string =>
  `data: ${JSON.stringify({ ...FRAME, object: 'chat.completion.chunk', ...fields })}\n\n`;

export const ROLE = chunk({ role: 'assistant', content: '' });
export const END = `${chunk({}, 'stop')}data: [DONE]\n\n`;

/** Begins a stream and leaves it open. */
export const begin = (response: ServerResponse, ...events: string[]): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(events.join(''));
  response.flushHeaders();
};

/** A whole answer of these pieces: streamed if it was asked so, else in one body. */
export const say =
  (...pieces: string[]): Answer =>
  (response, { body }) => {
    if (body.stream === true) {
      begin(response, ROLE, ...pieces.map((content) => chunk({ content })));
      response.end(END);
      return;
    }
    const message = { role: 'assistant', content: pieces.join('') };
    json(response, {
      ...FRAME,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    });
  };

export const sayHello: Answer = say('Hel', 'lo');

export const json = (response: ServerResponse, value: object, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

async function readBody(message: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of message) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}
