// An OpenAI-shaped service in this process that does what a test tells it to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request it got. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed where it is JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What it does with a request. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

/** A running service. */
export interface Service {
  /** Up to, not including, `/chat/completions`. */
  readonly url: string;
  readonly asked: Asked[];
  answer: Answer;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export const startService = async (): Promise<Service> => {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    const text = Buffer.concat(pieces).toString('utf8');
    const one = { method, path, headers, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
    asked.push(one);
    response.on('error', () => undefined);
    service.answer(response, one);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const service: Service = {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    answer: (response) => json(response, { error: { message: 'no answer was set' } }, 500),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return service;
};

/** Answers with JSON. */
export const json = (
  response: ServerResponse,
  body: object,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...headers })
    .end(JSON.stringify(body));
};

const FRAME = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'model-1' };
const USAGE = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };

/** A whole answer. */
export const completion = (message: object, finish_reason = 'stop'): object => ({
  ...FRAME,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: null, refusal: null, ...message },
      finish_reason,
      logprobs: null,
    },
  ],
  usage: USAGE,
});

/** The chunks of an answer, as server-sent events without the end mark. */
export const chunks = (deltas: readonly object[], finish = 'stop'): string => {
  const chunk = (choices: readonly object[], more: object = {}): string =>
    `data: ${JSON.stringify({ ...FRAME, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
  const pieces = deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }]));
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...pieces,
    chunk([{ index: 0, delta: {}, finish_reason: finish }]),
    chunk([], { usage: USAGE }),
  ].join('');
};

/** Begins server-sent events. */
export const events = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' }).write(text);
};

/** A chat that says it, whole or in pieces as it is asked for; a call of the first tool until there is a result. */
export const chatting =
  (...pieces: readonly string[]): Answer =>
  (response, { body }) => {
    const called = JSON.stringify(body.messages ?? '').includes('"role":"tool"');
    const tool = Array.isArray(body.tools) && !called ? body.tools[0] : undefined;
    const call = {
      id: 'call_1',
      type: 'function',
      function: { name: tool?.function.name, arguments: '{"city":"Oslo"}' },
    };
    if (body.stream !== true) {
      json(
        response,
        tool === undefined
          ? completion({ content: pieces.join('') })
          : completion({ tool_calls: [call] }, 'tool_calls'),
      );
      return;
    }
    const said =
      tool === undefined
        ? chunks(pieces.map((content) => ({ content })))
        : chunks([{ tool_calls: [{ index: 0, ...call }] }], 'tool_calls');
    events(response, said);
    response.end('data: [DONE]\n\n');
  };
