// Whether a server on this machine is there: asked of real ones, of a port where nothing is, and of slow ones.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, Provider, Send } from '@g4f/core';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import jan from '../../src/backends/jan.ts';
import koboldcpp from '../../src/backends/koboldcpp.ts';
import llamacpp from '../../src/backends/llamacpp.ts';
import llamafile from '../../src/backends/llamafile.ts';
import lmstudio from '../../src/backends/lmstudio.ts';
import localai from '../../src/backends/localai.ts';
import ollama from '../../src/backends/ollama.ts';
import sglang from '../../src/backends/sglang.ts';
import vllm from '../../src/backends/vllm.ts';
import { discover } from '../../src/discover/discover.ts';
import { createSend } from '../../src/http/transport/send.node.ts';
import { until } from '../http/service.ts';
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

/** Where an answer is expected, a busy machine may take longer than 300 ms to give it: there nothing is too late. */
const probe = vi.hoisted(() => ({ isPatient: false }));
vi.mock('../../src/local-servers/ask-server.ts', async (original) => {
  const { askServer } = await original<typeof import('../../src/local-servers/ask-server.ts')>();
  return {
    askServer: (base: string, send: Send, ms: number) => askServer(base, send, probe.isPatient ? 1e9 : ms),
  };
});
const patiently = (): void => {
  probe.isPatient = true;
  onTestFinished(() => {
    probe.isPatient = false;
  });
};

const availability = (backend: Provider, origin: string): Promise<string | undefined> | undefined =>
  backend.available?.(contextFor(origin));

type Answers = Readonly<Record<string, string>>;

/** A server that answers only the questions in the table, and 404 to all others. */
const server = (answers: Answers, software?: string): Promise<string> =>
  listen((request, response) => {
    const body = answers[request.url ?? ''];
    const headers = { 'content-type': 'application/json', ...(software && { server: software }) };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body ?? '{"error":"not found"}');
  });

const list = (owner: string, more: object = {}): string =>
  JSON.stringify({ object: 'list', data: [{ id: 'm', object: 'model', owned_by: owner, ...more }] });

/** As each server's documentation, or source, says that it answers. */
const SERVERS: readonly (readonly [Provider, Answers, string?])[] = [
  [ollama, { '/api/version': '{"version":"0.12.6"}', '/v1/models': list('library') }],
  [lmstudio, { '/v1/models': list('organization_owner'), '/api/v0/models': list('x', { state: 'loaded' }) }],
  [llamacpp, { '/v1/models': list('llamacpp') }, 'llama.cpp'],
  [vllm, { '/v1/models': list('vllm'), '/version': '{"version":"0.11.0"}' }],
  [jan, { '/v1/models': list('user', { created: 1 }) }],
  [localai, { '/v1/models': list(''), '/system': '{"backends":["llama-cpp"],"loaded_models":[]}' }],
  [llamafile, { '/v1/models': list('llamafile') }, 'llamafile/0.9.3'],
  [
    koboldcpp,
    {
      '/api/extra/version': '{"result":"KoboldCpp","version":"1.99"}',
      '/api/version': '{"version":"0.7.0"}',
      '/v1/models': list('koboldcpp'),
    },
  ],
  [sglang, { '/v1/models': list('sglang'), '/get_model_info': '{"model_path":"/m"}' }],
];

describe.each(
  SERVERS.map(([backend, answers, software]) => [backend.id, backend, answers, software] as const),
)('%s', (id, backend, answers, software) => {
  it('is there when it answers as itself, wherever it listens', async () => {
    patiently();
    expect(await availability(backend, await server(answers, software))).toBeUndefined();
    expect(await availability(backend, `${await server(answers, software)}/v1#x`)).toBeUndefined();
  });

  it('is not taken for any other', async () => {
    patiently();
    const origin = await server(answers, software);
    for (const [other] of SERVERS.filter(([one]) => one.id !== id)) {
      const kin = other.id === 'llamafile' && id === 'llamacpp';
      if (!kin) expect(await availability(other, origin), other.id).toContain(`is ${id})`);
    }
  });

  it('is found, with its models', async () => {
    const origin = await server(answers, software);
    const found = await discover({ env: {}, addresses: [origin], timeoutMs: 60_000 });
    const here = found.filter(({ baseURL }) => baseURL.startsWith(origin));
    expect(here).toMatchObject([{ id, name: backend.name, models: ['m'] }]);
  });

  it('is to be started when nothing listens, and says where', async () => {
    patiently();
    const origin = await server(answers, software);
    const [it] = servers.splice(0);
    it?.close();
    await once(it ?? process, 'close');
    expect(await availability(backend, origin)).toBe(`start ${backend.name} (nothing answers at ${origin})`);
  });

  it('is not something else that listens there', async () => {
    patiently();
    const origin = await says('<!doctype html><title>My site</title>');
    expect(await availability(backend, origin)).toBe(
      `start ${backend.name} (what answers at ${origin} is something else)`,
    );
  });

  it('is there when it only wants a key', async () => {
    patiently();
    expect(await availability(backend, await says('{"error":"unauthorized"}', 401))).toBeUndefined();
  });

  it('is asked without any key', async () => {
    const env = Object.fromEntries((backend.env ?? []).map((name) => [name, 'secret']));
    const context = createFakeContext({ body: list('x') }, { env, apiKey: 'secret' });
    await backend.available?.(context);
    expect(context.requests.length).toBeGreaterThan(0);
    for (const { headers } of context.requests) expect(headers).toEqual({ accept: 'application/json' });
  });

  it('is not waited for longer than a blink', async () => {
    const origin = await listen(() => undefined);
    expect(await availability(backend, origin)).toBe(
      `start ${backend.name} (no answer from ${origin} within 300 ms)`,
    );
  });
});

describe('an answer that comes too late', () => {
  it('leaves no connection behind, whether nothing came or half an answer', async () => {
    const open = new Set<unknown>();
    const origin = await listen(({ socket, url }, response) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      if (url === '/v1/models') response.writeHead(200).write('{"object":"list","data":[');
    });
    expect(await availability(ollama, origin)).toContain('within 300 ms');
    await until(() => open.size === 0);
  });

  it('stops when the caller leaves', async () => {
    let asked = 0;
    const origin = await listen(() => {
      asked += 1;
      context.leave();
    });
    const context = contextFor(origin);
    await expect(ollama.available?.(context)).rejects.toBeDefined();
    expect(asked).toBeGreaterThan(0);
  });
});

describe('discover', () => {
  it('asks this machine only', async () => {
    const origin = await server({ '/api/version': '{"version":"1"}' });
    const env = {
      OLLAMA_HOST: 'box.example',
      VLLM_BASE_URL: 'http://10.0.0.1:8000/v1',
      JAN_BASE_URL: `${origin}/v1`,
    };
    const found = await discover({ env, addresses: ['http://example.com', 'nonsense'], timeoutMs: 60_000 });
    expect(found.filter(({ baseURL }) => baseURL.startsWith(origin))).toMatchObject([
      { id: 'ollama', version: '1' },
    ]);
    expect(found.every(({ baseURL }) => /127\.0\.0\.1|localhost|\[::1\]/.test(baseURL))).toBe(true);
  });

  it('tells of a server that wants a key, under the name of who is usually there', async () => {
    const origin = await says('{}', 401);
    // A fragment is no part of where it is.
    const found = await discover({ env: { JAN_BASE_URL: `${origin}/v1#x` }, timeoutMs: 60_000 });
    expect(found).toContainEqual({
      id: 'jan',
      name: 'Jan',
      baseURL: `${origin}/v1`,
      models: [],
      needsKey: true,
    });
  });

  it('ends when it is aborted', async () => {
    await expect(discover({ env: {}, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
