// A real HTTP server inside the test, and a way to ask it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Context, HttpRequest, WaitPhase } from '@g4f/core';
import { expect } from 'vitest';
import { listening } from '../../../../scripts/listening.ts';
import { createSend } from '../../src/http/transport/send.node.ts';

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
  // Connections end by what is done with them, and not by time.
  server.keepAliveTimeout = 600_000;
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, sockets, left };
};

/** What a caller lends a provider, over the real network. */
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

/** Waits for something that must happen. */
export const until = (happened: () => boolean): Promise<void> => expect.poll(happened).toBe(true);

/**
 * Does something when what was written before has been read, if both ends are in this process: after so many turns of its
 * loop, each of which reads what has come. A time would pass in a turn that takes long, and a reset then overtakes the data.
 */
export const afterTurns = async (act: () => void, turns = 50): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  act();
};

/** Work of this process in ms, which does not grow when others use the machine as well. */
export const cpuMs = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
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
