// The synchronous client sends the headers of a row, a client and a call, and OpenAI's account, as AsyncClient does.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Client } from '../../src/client.ts';
import type { CallOptions, ClientOptions } from '../../src/surface/options.ts';

// A thread is started, and the machine may do much else.
vi.setConfig({ testTimeout: 40_000 });

/** In a thread of its own, because ours is blocked. It answers with the headers it got. */
const ECHO = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:http').createServer((request, response) => {
    const message = { role: 'assistant', content: JSON.stringify(request.headers) };
    const answer = { id: '1', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] };
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)));
  });
  // A thread that is blocked by Client must not find its connections closed for having been idle.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => parentPort.postMessage('http://127.0.0.1:' + server.address().port + '/v1'));
`;

let echo: Worker;
let url: string;
beforeAll(async () => {
  echo = new Worker(ECHO, { eval: true });
  [url] = await once(echo, 'message');
});
afterAll(() => echo.terminate());

const sent = (options: ClientOptions, call?: CallOptions): Readonly<Record<string, string>> => {
  using client = new Client(options);
  const answer = client.chat.completions.create({ model: 'm', messages: 'hi' }, call);
  return JSON.parse(answer.choices[0]?.message.content ?? '{}');
};

it("sends the call's over the client's over the row's, and leaves out what is null", () => {
  const backends = [
    { id: 'acme', baseURL: ` ${url} `, headers: { 'X-A': 'row', 'x-b': 'row', 'x-c': 'row' } },
  ];
  const headers = { 'x-B': 'client', 'x-c': 'client', 'x-d': 'client' };
  const got = sent(
    { backends, provider: 'acme', headers, env: {} },
    { headers: { 'X-C': 'call', 'x-d': null } },
  );
  expect(got).toMatchObject({ 'x-a': 'row', 'x-b': 'client', 'x-c': 'call' });
  expect(got).not.toHaveProperty('x-d');
});

it('takes a key from the headers, and sends no other', () => {
  const env = { OPENAI_API_KEY: 'sk-of-the-environment', OPENAI_ORG_ID: 'org-1' };
  const options = { provider: 'openai', baseURL: url, env, project: 'proj-1' };
  expect(sent(options, { headers: { 'api-key': 'own' } })).toMatchObject({
    'api-key': 'own',
    'openai-organization': 'org-1',
    'openai-project': 'proj-1',
  });
  expect(sent(options, { headers: { 'api-key': 'own' } })).not.toHaveProperty('authorization');
  expect(sent(options).authorization).toBe('Bearer sk-of-the-environment');
});

it('refuses in a call what would be lost on the way to the worker', () => {
  using client = new Client({ provider: 'acme', backends: [{ id: 'acme', baseURL: url }], apiKey: 'k' });
  const odd: readonly unknown[] = [
    { headers: new Headers({ authorization: 'Bearer other' }) },
    { timeout: new Map([['total', 5]]) },
    { routing: new Map() },
    { apiKey: new Date() },
    { extraBody: { d: new Map() } },
  ];
  for (const options of odd)
    expect(() => client.chat.completions.create({ model: 'm', messages: 'hi' }, options as never)).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    );
});
