// Whether a server on this machine is there: asked of real ones, of a port where nothing is, and of slow ones.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, Provider } from '@g4f/core';
import { afterEach, describe, expect, it } from 'vitest';
import llamacpp from '../../src/backends/llamacpp.ts';
import lmstudio from '../../src/backends/lmstudio.ts';
import ollama from '../../src/backends/ollama.ts';
import { createSend } from '../../src/http/send.ts';
import { createFakeContext } from './fake-context.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const listen = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const says = (body: string, status = 200): Promise<string> =>
  listen((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));

/** A context that really sends, and the way to leave it. */
const contextFor = (origin: string, env: Context['env'] = {}): Context & { leave(): void } => {
  const controller = new AbortController();
  const { signal } = controller;
  const send = createSend({ provider: 'test', signal, env: {}, connectMs: 5000, enter: () => undefined });
  return {
    ...createFakeContext({}, { env, baseURL: `${origin}/v1` }),
    signal,
    send,
    leave: () => controller.abort(),
  };
};

const availability = (backend: Provider, origin: string): Promise<string | undefined> | undefined =>
  backend.available?.(contextFor(origin));

describe.each([
  [ollama, '{"object":"list","data":[{"id":"llama3","owned_by":"library"}]}'],
  [lmstudio, '{"object":"list","data":[{"id":"qwen","owned_by":"organization_owner"}]}'],
  [llamacpp, '{"object":"list","data":[{"id":"m.gguf","owned_by":"llamacpp"}]}'],
])('$id', (backend, list) => {
  it('is there when it answers with its models', async () => {
    expect(await availability(backend, await says(list))).toBeUndefined();
  });

  it('is to be started when nothing listens, and says where', async () => {
    const origin = await says(list);
    const [server] = servers.splice(0);
    server?.close();
    await once(server ?? process, 'close');
    expect(await availability(backend, origin)).toBe(`start ${backend.name} (nothing answers at ${origin})`);
  });

  it.each(['<!doctype html><title>My site</title>', '{"hello":"world"}', 'null', ''])(
    'is not something else that listens there: %s',
    async (body) => {
      const origin = await says(body);
      expect(await availability(backend, origin)).toBe(
        `start ${backend.name} (what answers at ${origin} is something else)`,
      );
    },
  );

  it('is there when it only wants a key', async () => {
    expect(await availability(backend, await says('{"error":"unauthorized"}', 401))).toBeUndefined();
  });

  it('is asked once, by name of its models, without any key', async () => {
    const env = { LM_API_TOKEN: 'secret', LLAMA_API_KEY: 'secret', OPENAI_API_KEY: 'secret' };
    const context = createFakeContext({ body: list }, { env, apiKey: 'secret' });
    expect(await backend.available?.(context)).toBeUndefined();
    expect(context.requests).toEqual([
      { method: 'GET', url: `${backend.baseURL}/models`, headers: { accept: 'application/json' } },
    ]);
  });

  it('is not waited for longer than a blink', async () => {
    const origin = await listen(() => undefined);
    const began = performance.now();
    expect(await availability(backend, origin)).toBe(
      `start ${backend.name} (no answer from ${origin} within 300 ms)`,
    );
    expect(performance.now() - began).toBeLessThan(1500);
  });
});

it('knows Ollama before its first model has been pulled', async () => {
  expect(await availability(ollama, await says('{"object":"list","data":null}'))).toBeUndefined();
});

it('does not take any list of models for that of llama.cpp', async () => {
  const origin = await says('{"object":"list","data":[{"id":"m","owned_by":"somebody"}]}');
  expect(await availability(llamacpp, origin)).toContain('is something else');
});

describe('an answer that comes too late', () => {
  it('is closed: no connection is left behind when the headers come after all', async () => {
    let closed: Promise<unknown> | undefined;
    const origin = await listen((_, response) => {
      closed = once(response, 'close');
      setTimeout(() => response.writeHead(200).write('{'), 400);
    });
    expect(await availability(ollama, origin)).toContain('within 300 ms');
    await closed;
  });

  it('is closed when the list stops in the middle', async () => {
    let closed: Promise<unknown> | undefined;
    const origin = await listen((_, response) => {
      closed = once(response, 'close');
      response.writeHead(200).write('{"object":"list","data":[');
    });
    expect(await availability(ollama, origin)).toContain('within 300 ms');
    await closed;
  });

  it('stops when the caller leaves', async () => {
    let closed: Promise<unknown> | undefined;
    const origin = await listen((request, response) => {
      closed = once(response, 'close');
      context.leave();
      request.resume();
    });
    const context = contextFor(origin);
    await expect(ollama.available?.(context)).rejects.toMatchObject({ code: 'aborted' });
    await closed;
  });
});
