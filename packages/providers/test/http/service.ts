// A real HTTP server inside the test, and a way to ask it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Context, HttpRequest, WaitPhase } from '@g4f/core';
import { onTestFinished } from 'vitest';
import { createSend } from '../../src/http/send.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => unknown;

export interface Service {
  readonly url: string;
  /** How many connections were ever opened. */
  readonly sockets: Socket[];
  /** How many answers were cut off by the client before they ended. */
  readonly left: { count: number };
}

/** Starts a server that is closed when the test ends. */
export const startService = async (answer: Answer): Promise<Service> => {
  const sockets: Socket[] = [];
  const left = { count: 0 };
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) left.count++;
    });
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => answer(response, request, body));
  });
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, sockets, left };
};

/** What a caller lends a backend, over the real network. */
export const contextOf = (
  given: Partial<Context> & { readonly proxy?: string; readonly connectMs?: number } = {},
): Context & { readonly entered: WaitPhase[] } => {
  const entered: WaitPhase[] = [];
  const { signal = new AbortController().signal, env = {}, proxy, connectMs = 5000 } = given;
  const enter = (phase: WaitPhase): void => {
    entered.push(phase);
  };
  const send = createSend({ provider: 'acme', signal, env, proxy, connectMs, enter });
  return { signal, env, enter, warn: () => undefined, send, ...given, entered };
};

export const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: {} });

/** All of a body, as text. */
export const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** Waits for something that must happen within `ms`. */
export const within = async (ms: number, happened: () => boolean): Promise<number> => {
  const since = performance.now();
  while (!happened()) {
    if (performance.now() - since > ms) throw new Error(`it did not happen within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return performance.now() - since;
};

/** The error that this throws. */
export const failureOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
