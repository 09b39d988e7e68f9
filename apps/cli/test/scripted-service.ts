// A service of OpenAI's protocol whose answer a test plays piece by piece: it can be silent, refuse, or say anything.
import { createServer, type ServerResponse } from 'node:http';

/** An answer that has been asked for. */
export interface AskedAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** Sends a piece of text. */
  say(text: string): void;
  /** Calls a tool, and ends. */
  call(name: string, args: object): void;
  end(): void;
  refuse(status: number, message: string): void;
  /** Resolves when who asked has left, or the answer is over. */
  readonly left: Promise<void>;
}

/** A running service. */
export interface ScriptedService {
  readonly url: string;
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** Starts it; `play` is called for each question. */
export const startScripted = async (play: (asked: AskedAnswer) => unknown): Promise<ScriptedService> => {
  const requests: Readonly<Record<string, unknown>>[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body = text === '' ? {} : JSON.parse(text);
    requests.push(body);
    await play(askedOf(body, response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the service got no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

function askedOf(body: Readonly<Record<string, unknown>>, response: ServerResponse): AskedAnswer {
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({
      ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: body.model },
      choices: [{ index: 0, delta, finish_reason }],
    })}\n\n`;
  const head = (): void => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  };
  return {
    body,
    say(text) {
      head();
      response.write(chunk({ content: text }, null));
    },
    call(name, args) {
      head();
      const called = { name, arguments: JSON.stringify(args) };
      response.write(
        chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: called }] }, null),
      );
      response.end(`${chunk({}, 'tool_calls')}data: [DONE]\n\n`);
    },
    end() {
      head();
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
    },
    refuse(status, message) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message } }));
    },
    left: new Promise((resolve) => response.once('close', resolve)),
  };
}
